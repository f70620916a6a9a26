using CrowdGrains.Core.Matching;

namespace CrowdGrains.Core.Tests.Matching;

public sealed class DispatchOptionsTests
{
    private static readonly TimeSpan TooLong = TimeSpan.FromDays(31);

    private static readonly Dictionary<string, DispatchOptions[]> Broken = new()
    {
        [nameof(DispatchOptions.SupplyResolutions)] = [new() { SupplyResolutions = [7, 7, 6] }, new() { SupplyResolutions = [7, 7, 6, 16] }, new() { SupplyResolutions = [-1, 7, 6, 5] }],
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

    [Fact]
    public void Validate_TakesTheLowestValues()
    {
        TimeSpan tick = TimeSpan.FromMilliseconds(1);
        DispatchOptions lowest = new()
        {
            SupplyResolutions = [0, 0, 0, 0],
            DemandResolution = 0,
            FirstRings = 0,
            MaxRings = 0,
            EnoughCandidates = 1,
            CandidatesPerCell = 1,
            MaxWeighedPerCell = 1,
            CandidatesPerRound = 1,
            NotAskedPerCell = 0,
            RoundsKept = 1,
            DeliveryAttempts = 1,
            MaxOffers = 1,
            MaxVisits = 1,
            MaxProposals = 1,
            MaxHelpersPerCell = 1,
            MaxWaitingPerCell = 1,
            AskAgainAfterExpiry = TimeSpan.Zero,
            AppointmentLead = TimeSpan.Zero,
        };
        Assert.NotNull((WithTimes(lowest, tick) with { PresenceLease = TimeSpan.FromSeconds(5) }).Validate());
    }

    [Fact]
    public void Validate_TakesTheHighestValues()
    {
        TimeSpan month = TimeSpan.FromDays(30);
        DispatchOptions highest = new()
        {
            SupplyResolutions = [15, 15, 15, 15],
            DemandResolution = 15,
            FirstRings = 64,
            MaxRings = 64,
            EnoughCandidates = 1000,
            CandidatesPerCell = 1000,
            MaxWeighedPerCell = 10_000_000,
            CandidatesPerRound = 1000,
            NotAskedPerCell = 1000,
            RoundsKept = 1000,
            DeliveryAttempts = 100,
            MaxOffers = 10_000,
            MaxVisits = 100,
            MaxProposals = 100,
            MaxHelpersPerCell = 10_000_000,
            MaxWaitingPerCell = 10_000_000,
            AskAgainAfterExpiry = month,
            AppointmentLead = month,
        };
        Assert.NotNull((WithTimes(highest, month) with { PresenceLease = month }).Validate());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Validate_NamesTheOptionThatIsOutOfRange(string name)
    {
        foreach (DispatchOptions options in Broken[name])
        {
            Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(options.Validate).ParamName);
        }
    }

    private static DispatchOptions WithTimes(DispatchOptions options, TimeSpan each) => options with
    {
        SearchTimeout = each,
        DeliveryTimeout = each,
        OfferGrace = each,
        ResendAfter = each,
        MaxResendAfter = each,
        RetryAfter = each,
        MaxRetryAfter = each,
        WaitingLease = each,
        EnRouteWithin = each,
        ArrivalSlack = each,
        OnSiteSlack = each,
        SweepInterval = each,
    };
}
