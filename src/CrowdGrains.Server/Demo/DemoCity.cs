using System.Globalization;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;
using CrowdGrains.Simulation.City;

namespace CrowdGrains.Server.Demo;

/// <summary>
/// The people of a city before a server that is real: what they decide becomes calls, what they see are the server's events, and their
/// clocks are the server's. One caller at a time.
/// </summary>
internal sealed class DemoCity : ICityStage
{
    /// <summary>Orders are drawn so long before the first of them is due.</summary>
    private static readonly TimeSpan Lookahead = TimeSpan.FromMinutes(10);

    private readonly AcceleratedClock _clock;
    private readonly EventInbox _events;
    private readonly PositionFeed _positions;
    private readonly Outbox _outbox;
    private readonly EndlessDemand _demand;
    private readonly TimingWheel<WakeUp> _wheel;
    private readonly CityPeople _people;

    /// <summary>Helpers whom the server has spoken of: before, their devices would report in vain.</summary>
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public DemoCity(DemoOptions options, Catalogue catalogue, AcceleratedClock clock, EventInbox events, PositionFeed positions, Outbox outbox)
    {
        _clock = clock;
        _events = events;
        _positions = positions;
        _outbox = outbox;
        Now = clock.Now;
        _wheel = new TimingWheel<WakeUp>(Now.UnixMilliseconds);
        _demand = new EndlessDemand(options.City, new Demand(catalogue, options.Seed), options.Seed, options.Scale, Now);
        CityOptions city = new()
        {
            Helpers = options.Helpers,
            Seed = options.Seed,
            ReportInterval = DemoOptions.ReportInterval,

            // A folder may hold the requests of an earlier demo.
            RequestPrefix = string.Create(CultureInfo.InvariantCulture, $"d{Now.UnixMilliseconds / 1000}-"),
        };
        _people = new CityPeople(this, catalogue, city, _demand.DrawHomes(), null);
        _people.Begin();
    }

    public Instant Now { get; private set; }

    /// <summary>Everything that is kept of offers, jobs and customers.</summary>
    public int Remembered => _people.Remembered;

    /// <summary>People see what has happened since the last turn and do what is due by now.</summary>
    public void Turn(CancellationToken cancellation)
    {
        Now = _clock.Now;
        while (_demand.Until < Now + Lookahead)
        {
            foreach (Order order in _demand.DrawNextHour())
            {
                _people.Expect(order);
            }
        }

        while (_events.TryTake(out GrainEvent? happened))
        {
            See(happened);
        }

        while (_wheel.TryTake(Now.UnixMilliseconds, out _, out WakeUp due))
        {
            _people.Wake(due.Who, due.What);
        }

        _positions.Flush(cancellation);
    }

    int ICityStage.SlotOf(GrainId grain) => 0;

    void ICityStage.Send(GrainId grain, int slot, Message message)
    {
        if (message is not PositionReported report)
        {
            _outbox.Post(grain, message);
        }
        else if (_known.Contains(grain.Name))
        {
            _positions.Add(HelperId.From(grain.Name), report.At, report.Position);
        }
    }

    void ICityStage.WakeAt(Instant due, int who, int what) => _wheel.Add(due.UnixMilliseconds, new WakeUp(who, what));

    private void See(GrainEvent happened)
    {
        switch (happened)
        {
            case HelperWentOnline e: _known.Add(e.Helper.Value); break;
            case HelperWentStale e: _known.Add(e.Helper.Value); break;
        }

        _people.Happened(happened);
    }

    private readonly record struct WakeUp(int Who, int What);
}
