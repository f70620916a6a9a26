using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.City;

/// <summary>
/// A city and its people over the production rules. Every decision is drawn from the seed; helpers and customers have streams of their
/// own, so that two policies face the same day.
/// </summary>
public sealed class CityLife : IPopulation
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private readonly HelperLife _helpers;
    private readonly CustomerLife _customers;
    private readonly Instant _end;

    /// <param name="orders">The day of demand, by time; at least one.</param>
    /// <exception cref="ArgumentException">There is no order, or they are not in order of time.</exception>
    public CityLife(DispatchRules rules, IReadOnlyList<Order> orders, CityOptions options)
    {
        RequireOrder(orders);
        options.Validate();
        Instant firstHour = new(orders[0].At.UnixMilliseconds / 3_600_000 * 3_600_000);
        Start = firstHour - TimeSpan.FromMinutes(10);
        LastOrder = orders[^1].At;
        _end = LastOrder + options.Afterwards;
        World = new World(rules, options.Seed, Start);
        LatLng[] homes = [.. orders.Select(order => order.Position)];
        List<Person> people = Crowd.Gather(options.Helpers, options.Seed, rules.Catalogue, homes, Start, _end, helper => World.SlotOf(helper));
        OperationCounter operations = new();
        _helpers = new HelperLife(World, options, rules.Catalogue, people, operations);
        _customers = new CustomerLife(World, options, rules.Catalogue, orders, _helpers, operations);
        _helpers.Begin();
        _customers.Begin();
    }

    public World World { get; }

    public KpiCollector Kpis { get; } = new(parentResolution: 6);

    /// <summary>Virtual time begins here, ten minutes before the hour of the first order, so that the crowd is on duty by then.</summary>
    public Instant Start { get; }

    public Instant LastOrder { get; }

    /// <summary>How many people have come on duty so far, all shifts together.</summary>
    public int People => _helpers.OnceOnDuty;

    public int PositionReports => _helpers.PositionReports;

    /// <summary>Requests that have not ended.</summary>
    public int Open => _customers.Open;

    /// <summary>Lives until every request has ended, or until the end of the time afterwards.</summary>
    /// <param name="progress">Called after every five minutes of virtual time.</param>
    public void Run(Action<Instant>? progress = null)
    {
        while (World.Now < _end && (Open > 0 || World.Now < LastOrder))
        {
            World.RunUntil(Instant.Earlier(World.Now + Step, _end), this);
            progress?.Invoke(World.Now);
        }
    }

    void IPopulation.Wake(int who, int what)
    {
        CityWake wake = (CityWake)what;
        if (wake <= CityWake.Finish)
        {
            _helpers.Wake(who, wake);
        }
        else
        {
            _customers.Wake(who, wake);
        }
    }

    void IPopulation.Happened(GrainId grain, long sequence, GrainEvent happened)
    {
        Kpis.Observe(World.Now, happened);
        if (happened is OfferMoved offer)
        {
            _helpers.OfferMoved(offer, _customers.Find(offer.Request));
        }
        else
        {
            _customers.Happened(happened);
        }
    }

    void IPopulation.Answered(OperationId operation, Answer answer)
    {
        // People look at their screens: what counts has come as an event.
    }

    private static void RequireOrder(IReadOnlyList<Order> orders)
    {
        if (orders.Count == 0)
        {
            throw new ArgumentException("needs at least one order", nameof(orders));
        }

        for (int i = 1; i < orders.Count; i++)
        {
            if (orders[i].At < orders[i - 1].At)
            {
                throw new ArgumentException("must be in order of time", nameof(orders));
            }
        }
    }
}
