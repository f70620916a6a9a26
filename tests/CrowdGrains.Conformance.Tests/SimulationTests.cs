using CrowdGrains.Conformance.Tests.Behaviours;
using CrowdGrains.Conformance.Tests.Engines;

namespace CrowdGrains.Conformance.Tests;

public sealed class SimulationVisits() : VisitBehaviour(() => new SimulationHarness());

public sealed class SimulationOffers() : OfferBehaviour(() => new SimulationHarness());

public sealed class SimulationOverrides() : OverrideBehaviour(() => new SimulationHarness());

public sealed class SimulationEnds() : EndBehaviour(() => new SimulationHarness());

public sealed class SimulationCommands() : CommandBehaviour(() => new SimulationHarness());

public sealed class SimulationRestarts() : RestartBehaviour(() => new SimulationHarness());
