using CrowdGrains.Conformance.Tests.Behaviours;
using CrowdGrains.Conformance.Tests.Engines;

namespace CrowdGrains.Conformance.Tests;

public sealed class EmbeddedVisits() : VisitBehaviour(() => new EmbeddedHarness());

public sealed class EmbeddedOffers() : OfferBehaviour(() => new EmbeddedHarness());

public sealed class EmbeddedOverrides() : OverrideBehaviour(() => new EmbeddedHarness());

public sealed class EmbeddedEnds() : EndBehaviour(() => new EmbeddedHarness());

public sealed class EmbeddedCommands() : CommandBehaviour(() => new EmbeddedHarness());

public sealed class EmbeddedRestarts() : RestartBehaviour(() => new EmbeddedHarness());
