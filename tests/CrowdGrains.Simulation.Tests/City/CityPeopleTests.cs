using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.City;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.Tests.City;

/// <summary>People who live on without end, on a stage of their own.</summary>
public sealed class CityPeopleTests
{
    private const int Helpers = 20;

    [Fact]
    public void Wake_BringsTheSameHelpersBackDayAfterDay()
    {
        EndlessCity city = new(Helpers);
        city.RunUntil(TimeSpan.FromDays(1));
        int people = city.Grains<HelperState>().Count();
        int onFirstDay = city.People.OnceOnDuty;
        city.RunUntil(TimeSpan.FromDays(4));

        Assert.Equal(3 * Helpers, people);
        Assert.Equal(people, city.Grains<HelperState>().Count());
        Assert.Equal(3 * 3 * Helpers, city.People.OnceOnDuty - onFirstDay);
    }

    [Fact]
    public void Wake_KeepsEveryPlaceOnDutyAtEveryHourOfTheThirdDay()
    {
        EndlessCity city = new(Helpers);
        for (int hour = 48; hour < 72; hour++)
        {
            city.RunUntil(TimeSpan.FromHours(hour));
            Assert.InRange(city.Grains<HelperState>().Count(helper => helper.IsOnline), Helpers - 2, Helpers + 2);
        }
    }

    [Fact]
    public void Happened_ForgetsJobsAndCustomersOfThePast()
    {
        EndlessCity city = new(Helpers);
        for (int i = 0; i < 100; i++)
        {
            city.People.Expect(new Order(EndlessCity.Start + TimeSpan.FromMinutes(30 + i), SmallCity.Center, "router-setup", "web"));
        }

        int expected = city.People.Remembered;
        city.RunUntil(TimeSpan.FromHours(12));

        Assert.Equal((100, 0, 0), (expected, city.People.Remembered, city.People.Open));
        Assert.Equal(100, city.Grains<RequestState>().Count(request => request.Status.IsEnd()));
    }

    [Fact]
    public void Happened_LetsTheHelpersServeSomebodyElsesRequest()
    {
        EndlessCity city = new(Helpers);
        city.RunUntil(TimeSpan.FromMinutes(10));
        RequestId request = RequestId.From("from-outside");
        RequestSpec spec = new(CustomerId.From("me"), "router-setup", [], SmallCity.Center, [], null, null, null, null, "web", "");
        city.World.Send(city.World.SlotOf(request), new SubmitRequest(OperationId.From("op"), spec));
        city.RunUntil(TimeSpan.FromHours(10));
        RequestState state = city.Grains<RequestState>().Single();

        // The guest's own decisions, to rate or to cancel, are left to the guest.
        Assert.Equal((RequestStatus.Completed, null), (state.Status, state.Stars));
    }

    [Fact]
    public void Happened_LeavesOffersOfUnknownRequestsAndHelpersAlone()
    {
        EndlessCity city = new(Helpers);
        city.RunUntil(TimeSpan.FromMinutes(10));
        RequestId request = RequestId.From("never-seen");
        foreach (OfferStep step in Enum.GetValues<OfferStep>())
        {
            foreach (string helper in (string[])["h0", "nobody"])
            {
                city.People.Happened(new OfferMoved(step, OfferId.Derive(request, 1), request, HelperId.From(helper), city.World.Now, 60, ""));
            }
        }

        city.People.Happened(new RequestAssigned(request, 1, 0, Tier.Friend, OfferId.Derive(request, 1), HelperId.From("h0"), 60));
        city.People.Happened(new RequestCompleted(request, 1, HelperId.From("h0"), true, new Money(1, "CHF")));

        Assert.Equal((0, 0), (city.People.Remembered, city.People.Open));
    }

    /// <summary>A world whose people come back day after day.</summary>
    private sealed class EndlessCity : IPopulation
    {
        public EndlessCity(int helpers)
        {
            LatLng[] homes = [SmallCity.Center];
            CityOptions options = new() { Helpers = helpers, ReportInterval = TimeSpan.FromSeconds(50) };
            World = new World(SmallCity.Rules(DispatchPolicy.Score), 1, SmallCity.Morning);
            People = new CityPeople(new WorldStage(World), Catalogue.Default, options, homes, null);
            People.Begin();
        }

        public World World { get; }

        public CityPeople People { get; }

        public static Instant Start => SmallCity.Morning;

        public IEnumerable<T> Grains<T>()
            where T : GrainState => World.Grains.OfType<T>();

        public void RunUntil(TimeSpan after) => World.RunUntil(Start + after, this);

        public void Wake(int who, int what) => People.Wake(who, what);

        public void Happened(GrainId grain, long sequence, GrainEvent happened) => People.Happened(happened);

        public void Answered(OperationId operation, Answer answer)
        {
        }
    }
}
