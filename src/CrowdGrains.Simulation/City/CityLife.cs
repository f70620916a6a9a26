using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.City;

/// <summary>
/// A day of a city and its people over the production rules, in virtual time.
/// </summary>
public sealed class CityLife : IPopulation
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private readonly CityPeople _people;
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
        _people = new CityPeople(new WorldStage(World), rules.Catalogue, options, homes, _end);
        _people.Begin();
        foreach (Order order in orders)
        {
            _people.Expect(order);
        }
    }

    public World World { get; }

    public KpiCollector Kpis { get; } = new(parentResolution: 6);

    /// <summary>Virtual time begins here, ten minutes before the hour of the first order, so that the crowd is on duty by then.</summary>
    public Instant Start { get; }

    public Instant LastOrder { get; }

    /// <summary>How many people have come on duty so far, all shifts together.</summary>
    public int People => _people.OnceOnDuty;

    public int PositionReports => _people.PositionReports;

    /// <summary>Requests that have not ended.</summary>
    public int Open => _people.Open;

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

    void IPopulation.Wake(int who, int what) => _people.Wake(who, what);

    void IPopulation.Happened(GrainId grain, long sequence, GrainEvent happened)
    {
        Kpis.Observe(World.Now, happened);
        _people.Happened(happened);
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
