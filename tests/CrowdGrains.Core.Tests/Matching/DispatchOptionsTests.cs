using CrowdGrains.Core.Matching;

namespace CrowdGrains.Core.Tests.Matching;

public sealed class DispatchOptionsTests
{
    private static readonly TimeSpan TooLong = TimeSpan.FromDays(31);

    private static readonly Dictionary<string, DispatchOptions[]> Broken = new()
    {
        [nameof(DispatchOptions.SupplyResolutions)] = [new() { SupplyResolutions = [7, 7, 6] }, new() { SupplyResolutions = [7, 7, 6, 16] }],
        [nameof(DispatchOptions.DemandResolution)] = [new() { DemandResolution = -1 }, new() { DemandResolution = 16 }],
        [nameof(DispatchOptions.FirstRings)] = [new() { FirstRings = -1 }, new() { FirstRings = 65 }],
        [nameof(DispatchOptions.MaxRings)] = [new() { MaxRings = 0 }, new() { MaxRings = 65 }],
        [nameof(DispatchOptions.EnoughCandidates)] = [new() { EnoughCandidates = 0 }, new() { EnoughCandidates = 17 }],
        [nameof(DispatchOptions.CandidatesPerCell)] = [new() { CandidatesPerCell = 0 }, new() { CandidatesPerCell = 1001 }],
        [nameof(DispatchOptions.MaxWeighedPerCell)] = [new() { MaxWeighedPerCell = 7 }, new() { MaxWeighedPerCell = 10_000_001 }],
        [nameof(DispatchOptions.CandidatesPerRound)] = [new() { CandidatesPerRound = 1001 }],
        [nameof(DispatchOptions.NotAskedPerCell)] = [new() { NotAskedPerCell = -1 }, new() { NotAskedPerCell = 1001 }],
        [nameof(DispatchOptions.RoundsKept)] = [new() { RoundsKept = 0 }, new() { RoundsKept = 1001 }],
        [nameof(DispatchOptions.DeliveryAttempts)] = [new() { DeliveryAttempts = 0 }, new() { DeliveryAttempts = 101 }],
        [nameof(DispatchOptions.MaxOffers)] = [new() { MaxOffers = 0 }, new() { MaxOffers = 10_001 }],
        [nameof(DispatchOptions.MaxVisits)] = [new() { MaxVisits = 0 }, new() { MaxVisits = 101 }],
        [nameof(DispatchOptions.MaxProposals)] = [new() { MaxProposals = 0 }, new() { MaxProposals = 101 }],
        [nameof(DispatchOptions.MaxHelpersPerCell)] = [new() { MaxHelpersPerCell = 0 }, new() { MaxHelpersPerCell = 10_000_001 }],
        [nameof(DispatchOptions.MaxWaitingPerCell)] = [new() { MaxWaitingPerCell = 0 }, new() { MaxWaitingPerCell = 10_000_001 }],
        [nameof(DispatchOptions.PresenceLease)] = [new() { PresenceLease = TimeSpan.FromSeconds(4) }, new() { PresenceLease = TooLong }],
        [nameof(DispatchOptions.SearchTimeout)] = [new() { SearchTimeout = TimeSpan.Zero }, new() { SearchTimeout = TooLong }],
        [nameof(DispatchOptions.DeliveryTimeout)] = [new() { DeliveryTimeout = TimeSpan.Zero }],
        [nameof(DispatchOptions.OfferGrace)] = [new() { OfferGrace = TimeSpan.Zero }],
        [nameof(DispatchOptions.ResendAfter)] = [new() { ResendAfter = TimeSpan.Zero }],
        [nameof(DispatchOptions.MaxResendAfter)] = [new() { MaxResendAfter = TimeSpan.FromSeconds(1) }],
        [nameof(DispatchOptions.RetryAfter)] = [new() { RetryAfter = TimeSpan.Zero }],
        [nameof(DispatchOptions.MaxRetryAfter)] = [new() { MaxRetryAfter = TimeSpan.FromSeconds(14) }],
        [nameof(DispatchOptions.WaitingLease)] = [new() { WaitingLease = TimeSpan.FromSeconds(59) }],
        [nameof(DispatchOptions.AskAgainAfterExpiry)] = [new() { AskAgainAfterExpiry = TimeSpan.FromSeconds(-1) }],
        [nameof(DispatchOptions.EnRouteWithin)] = [new() { EnRouteWithin = TimeSpan.Zero }],
        [nameof(DispatchOptions.ArrivalSlack)] = [new() { ArrivalSlack = TimeSpan.Zero }],
        [nameof(DispatchOptions.OnSiteSlack)] = [new() { OnSiteSlack = TimeSpan.Zero }],
        [nameof(DispatchOptions.AppointmentLead)] = [new() { AppointmentLead = TimeSpan.FromSeconds(-1) }],
        [nameof(DispatchOptions.SweepInterval)] = [new() { SweepInterval = TimeSpan.Zero }],
    };

    public static TheoryData<string> Names => new(typeof(DispatchOptions).GetProperties().Select(property => property.Name));

    [Fact]
    public void Validate_TakesTheDefaults() => Assert.NotNull(new DispatchOptions().Validate());

    [Theory]
    [MemberData(nameof(Names))]
    public void Validate_NamesTheOptionThatIsOutOfRange(string name)
    {
        foreach (DispatchOptions options in Broken[name])
        {
            Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(options.Validate).ParamName);
        }
    }
}
