using CrowdGrains.Conformance.Tests.Behaviours;
using CrowdGrains.Testing.Postgres;

namespace CrowdGrains.Cluster.Tests.Conformance;

public sealed class ClusterVisits(PostgresServer server) : VisitBehaviour(() => ClusterHarness.Create(server));

public sealed class ClusterOffers(PostgresServer server) : OfferBehaviour(() => ClusterHarness.Create(server));

public sealed class ClusterOverrides(PostgresServer server) : OverrideBehaviour(() => ClusterHarness.Create(server));

public sealed class ClusterEnds(PostgresServer server) : EndBehaviour(() => ClusterHarness.Create(server));

public sealed class ClusterCommands(PostgresServer server) : CommandBehaviour(() => ClusterHarness.Create(server));

public sealed class ClusterRestarts(PostgresServer server) : RestartBehaviour(() => ClusterHarness.Create(server));
