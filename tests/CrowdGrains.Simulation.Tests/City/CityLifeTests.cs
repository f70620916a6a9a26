using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Simulation.City;
using CrowdGrains.Simulation.Policies;

namespace CrowdGrains.Simulation.Tests.City;

public sealed class CityLifeTests
{
    private const int OrderCount = 200;
    private const int Helpers = 60;

    /// <summary>Each day is lived once and looked at from several sides.</summary>
    private static readonly Dictionary<(string, int, ulong), (CityLife City, DayRecorder Day)> Lived = [];

    /// <summary>Days to live: policy, helpers, seed; the last ones with far too few helpers.</summary>
    public static TheoryData<string, int, ulong> Days => new()
    {
        { "nearest", Helpers, 1 },
        { "score", Helpers, 1 },
        { "score", Helpers, 2 },
        { "nearest", 4, 3 },
        { "score", 4, 3 },
        { "score", 1, 4 },
    };

    [Theory]
    [MemberData(nameof(Days))]
    public void Run_EndsEveryRequest(string policy, int helpers, ulong seed)
    {
        (CityLife city, _) = Live(policy, helpers, seed);

        Assert.Equal(0, city.Open);
        Assert.Equal(OrderCount, Requests(city).Count(request => request.Status.IsEnd()));
        Assert.Equal(OrderCount, city.Kpis.Tracks.Count(track => track.Status.IsEnd()));
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void Run_LeavesNobodyBoundInTheEnd(string policy, int helpers, ulong seed)
    {
        (CityLife city, _) = Live(policy, helpers, seed);

        Assert.All(city.World.Grains.OfType<HelperState>(), helper => Assert.Empty(helper.Commitments));
        Assert.All(Requests(city), request => Assert.True(request.Assignment is null && request.Offers.Count == 0 && request.PendingReleases.Count == 0));
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void Run_NumbersTheEventsOfEachGrainWithoutGaps(string policy, int helpers, ulong seed)
    {
        (CityLife city, DayRecorder day) = Live(policy, helpers, seed);
        Dictionary<GrainId, long> last = [];
        foreach ((GrainId grain, long sequence, _) in day.Log)
        {
            Assert.Equal(last.GetValueOrDefault(grain) + 1, sequence);
            last[grain] = sequence;
        }

        Assert.Equal(day.Log.Count, city.World.EventCount);
        Assert.All(city.World.Grains, grain => Assert.Equal(grain.EventCount, last.GetValueOrDefault(grain.Id)));
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void Run_LogsEventsThatGiveTheStoredRequestsWhenReplayed(string policy, int helpers, ulong seed)
    {
        (CityLife city, DayRecorder day) = Live(policy, helpers, seed);
        Dictionary<RequestId, ReplayedRequest> replayed = [];
        foreach ((GrainId grain, _, GrainEvent happened) in day.Log)
        {
            if (grain.Kind == GrainKind.Request)
            {
                RequestId id = RequestId.From(grain.Name);
                replayed.TryAdd(id, new ReplayedRequest());
                replayed[id].Apply(happened);
            }
        }

        Assert.All(Requests(city), request =>
        {
            ReplayedRequest replay = replayed[request.Request];
            Assert.Equal((request.Status, request.Visits.Count, request.Stars), (replay.Status, replay.Visits, replay.Stars));
            Assert.Null(replay.Helper);
        });
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void Run_BindsNobodyBeyondCapacityAndServesNoRequestTwice(string policy, int helpers, ulong seed)
    {
        (_, DayRecorder day) = Live(policy, helpers, seed);
        Dictionary<HelperId, (int Capacity, int Jobs)> bound = [];
        Dictionary<OfferId, OfferStep> offers = [];
        foreach ((_, _, GrainEvent happened) in day.Log)
        {
            switch (happened)
            {
                case HelperRegistered e:
                    bound.Add(e.Helper, (e.Profile.Capacity, 0));
                    break;
                case OfferMoved e:
                    OfferStep? before = offers.TryGetValue(e.Offer, out OfferStep step) ? step : null;
                    Assert.True(MayFollow(before, e.Step), $"{e.Offer}: {before}, then {e.Step}");
                    offers[e.Offer] = e.Step;
                    (int capacity, int jobs) = bound[e.Helper];
                    jobs += e.Step switch { OfferStep.Confirmed => 1, OfferStep.Released => -1, _ => 0 };
                    Assert.InRange(jobs, 0, capacity);
                    bound[e.Helper] = (capacity, jobs);
                    break;
            }
        }

        Assert.DoesNotContain(offers.Values, step => step is OfferStep.Issued or OfferStep.Accepted or OfferStep.Confirmed);
        Assert.All(bound.Values, helper => Assert.Equal(0, helper.Jobs));
    }

    [Theory]
    [InlineData("nearest")]
    [InlineData("score")]
    public void Run_GivesTheSameTraceForTheSameSeedAndAnotherForAnother(string policy)
    {
        string[] traces = [.. new ulong[] { 1, 1, 2 }.Select(seed => Trace(Make(policy, Helpers, seed)))];

        Assert.Equal(traces[0], traces[1]);
        Assert.NotEqual(traces[0], traces[2]);
    }

    [Fact]
    public void Run_GivesAnotherTraceUnderAnotherPolicy()
    {
        Assert.NotEqual(Trace(Make("nearest", Helpers, 1)), Trace(Make("score", Helpers, 1)));
    }

    [Fact]
    public void RunUntil_InAnyStepsGivesTheSameTrace()
    {
        CityLife inSteps = Make("score", 10, 1);
        CityLife atOnce = Make("score", 10, 1);
        Instant end = atOnce.Start + TimeSpan.FromHours(2);
        atOnce.World.RunUntil(end, atOnce);
        for (Instant now = inSteps.Start; now < end; now += TimeSpan.FromMilliseconds(7777))
        {
            inSteps.World.RunUntil(now, inSteps);
        }

        inSteps.World.RunUntil(end, inSteps);
        Assert.Equal(atOnce.World.TraceHash, inSteps.World.TraceHash);
    }

    [Theory]
    [InlineData("nearest")]
    [InlineData("score")]
    public void Run_GivesEveryFigureANumber(string policy)
    {
        CityLife city = Make(policy, Helpers, 1);
        city.Run();
        KpiTable table = city.Kpis.Build(city.World.Now);

        Assert.All(KpiMetric.All, metric => Assert.True(double.IsFinite(metric.Read(table)), metric.Name));
        Assert.All(KpiMetric.All.Where(metric => metric.Unit == MetricUnit.Rate), metric => Assert.InRange(metric.Read(table), 0, 1));
        Assert.True(table.Overall.ResolvedRate > 0.8);
    }

    [Fact]
    public void Run_LosesCustomersWhenThereAreFarTooFewHelpers()
    {
        CityLife city = Make("score", 4, 3);
        city.Run();
        KpiRow row = city.Kpis.Build(city.World.Now).Overall;

        Assert.True(row.CancelledRate + row.UnservedRate > 0.5);
        Assert.True(row.ResolvedRate > 0);
    }

    [Fact]
    public void Run_TellsItsProgressEveryFiveMinutes()
    {
        CityLife city = Make("nearest", 10, 1);
        List<Instant> told = [];
        city.Run(told.Add);

        Assert.Equal(city.Start + TimeSpan.FromMinutes(5), told[0]);
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.Equal(TimeSpan.FromMinutes(5), pair.Second - pair.First));
        Assert.Equal(city.World.Now, told[^1]);
    }

    [Fact]
    public void Run_StopsAtTheEndOfTheTimeAfterwards()
    {
        CityLife city = new(SmallCity.Rules(DispatchPolicy.Score), SmallCity.Orders(20), new CityOptions { Helpers = 1, Afterwards = TimeSpan.FromMinutes(3) });
        city.Run();

        Assert.Equal(city.LastOrder + TimeSpan.FromMinutes(3), city.World.Now);
        Assert.True(city.Open > 0);
    }

    [Fact]
    public void Run_HasACrowdOnDutyWhenTheFirstHourBegins()
    {
        CityLife city = Make("score", Helpers, 1);
        city.World.RunUntil(SmallCity.Morning, city);

        Assert.Equal(SmallCity.Morning - TimeSpan.FromMinutes(10), city.Start);
        Assert.InRange(city.World.Grains.OfType<HelperState>().Count(helper => helper.IsOnline), Helpers - 2, Helpers);
        Assert.True(city.People >= Helpers);
        Assert.True(city.PositionReports > Helpers * 10);
    }

    /// <summary>With a catalogue that takes requests over one channel alone, none is refused and waited for in vain.</summary>
    [Fact]
    public void Run_EndsEveryRequestOfACatalogueForOneChannel()
    {
        Catalogue catalogue = SmallCity.CatalogueOf("\"web\"", ("router", 1));
        Demand demand = new(catalogue, 1);
        Order[] orders = [.. Enumerable.Range(0, 20).Select(i => demand.Order(i, SmallCity.Morning + TimeSpan.FromMinutes(i), SmallCity.Center, null))];
        CityLife city = new(SmallCity.Rules(DispatchPolicy.Score, catalogue), orders, new CityOptions { Helpers = 10 });
        city.Run();

        Assert.Equal((0, 20), (city.Open, city.Kpis.Tracks.Count));
    }

    [Fact]
    public void Constructor_RefusesADayWithoutOrders()
    {
        Assert.Throws<ArgumentException>("orders", () => new CityLife(SmallCity.Rules(DispatchPolicy.Score), [], new CityOptions()));
    }

    [Fact]
    public void Constructor_RefusesOrdersThatAreNotInOrderOfTime()
    {
        Order[] orders = SmallCity.Orders(3);

        Assert.Throws<ArgumentException>("orders", () => new CityLife(SmallCity.Rules(DispatchPolicy.Score), [orders[1], orders[0]], new CityOptions()));
    }

    [Fact]
    public void Constructor_RefusesOptionsOutOfRange()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new CityLife(SmallCity.Rules(DispatchPolicy.Score), SmallCity.Orders(3), new CityOptions { Helpers = 0 }));
    }

    private static (CityLife City, DayRecorder Day) Live(string policy, int helpers, ulong seed)
    {
        if (!Lived.TryGetValue((policy, helpers, seed), out (CityLife City, DayRecorder Day) lived))
        {
            CityLife city = Make(policy, helpers, seed);
            Lived.Add((policy, helpers, seed), lived = (city, DayRecorder.Live(city)));
        }

        return lived;
    }

    private static CityLife Make(string policy, int helpers, ulong seed)
    {
        Assert.True(DispatchPolicy.TryFind(policy, out DispatchPolicy? found));
        return SmallCity.Make(OrderCount, helpers, found, seed);
    }

    private static IEnumerable<RequestState> Requests(CityLife city) => city.World.Grains.OfType<RequestState>();

    private static string Trace(CityLife city)
    {
        city.Run();
        return city.World.TraceHash;
    }

    private static bool MayFollow(OfferStep? before, OfferStep step) => before switch
    {
        null => step == OfferStep.Issued,
        OfferStep.Issued => step is OfferStep.Accepted or OfferStep.Declined or OfferStep.Expired or OfferStep.Withdrawn,
        OfferStep.Accepted => step is OfferStep.Confirmed or OfferStep.Withdrawn,
        OfferStep.Confirmed => step == OfferStep.Released,
        _ => false,
    };
}
