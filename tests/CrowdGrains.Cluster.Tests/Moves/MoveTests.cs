using CrowdGrains.Conformance.Tests.Behaviours;
using CrowdGrains.Testing.Postgres;

namespace CrowdGrains.Cluster.Tests.Moves;

/// <summary>
/// What holds for a restart holds for the move of an embedded store into a cluster, with requests in every state: an open offer is accepted
/// there, a timer fires, a command that is repeated is answered as the first time.
/// </summary>
public sealed class MoveTests(PostgresServer server) : RestartBehaviour(() => MovingHarness.Create(server));
