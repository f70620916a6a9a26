using System.Collections.Immutable;
using System.Text;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.City;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Hosting.Tests.ReadModels;

/// <summary>What happened on a morning in a small city: eighty requests with all that can become of them.</summary>
internal sealed class CityLog : IPopulation
{
    private static readonly Instant Morning = new(1_398_844_800_000); // 30 April 2014, 08:00
    private static readonly LatLng Center = LatLng.FromDegrees(40.75, -73.98);

    private readonly CityLife _city;
    private readonly IPopulation _people;
    private readonly List<(Instant At, GrainId Grain, GrainEvent Event)> _events = [];

    private CityLog(int seed)
    {
        Random random = new(seed);
        Order[] orders = [.. Enumerable.Range(0, 80).Select(_ => random.Next(2 * 3_600_000)).Order().Select(after => DrawOrder(after, random))];
        DispatchRules rules = new(Catalogue.Default, DispatchPolicy.Score, new DistanceTravelTime(), new DispatchOptions());
        _city = new CityLife(rules, orders, new CityOptions { Helpers = 25, Seed = (ulong)seed, ReportInterval = TimeSpan.FromSeconds(50) });
        _people = _city;
    }

    /// <summary>The events in their order. Every third request and every fourth helper belong to a partner.</summary>
    public static ImmutableArray<(Instant At, GrainId Grain, GrainEvent Event)> Draw(int seed)
    {
        CityLog log = new(seed);
        while (log._city.Open > 0 || log._city.World.Now < log._city.LastOrder)
        {
            log._city.World.RunUntil(log._city.World.Now + TimeSpan.FromMinutes(5), log);
        }

        log._city.World.RunUntil(log._city.World.Now + TimeSpan.FromMinutes(1), log);
        return [.. log._events];
    }

    public void Wake(int who, int what) => _people.Wake(who, what);

    public void Happened(GrainId grain, long sequence, GrainEvent happened)
    {
        _events.Add((_city.World.Now, grain, happened switch
        {
            RequestSubmitted e when Hash(e.Request.Value) % 3 == 0 => e with { Spec = e.Spec with { Partner = PartnerId.From("north") } },
            HelperRegistered e when Hash(e.Helper.Value) % 4 == 0 => e with { Profile = e.Profile with { Partner = PartnerId.From("south") } },
            _ => happened,
        }));
        _people.Happened(grain, sequence, happened);
    }

    public void Answered(OperationId operation, Answer answer) => _people.Answered(operation, answer);

    private static Order DrawOrder(int after, Random random)
    {
        Problem problem = Catalogue.Default.Problems[random.Next(Catalogue.Default.Problems.Length)];
        LatLng place = LatLng.FromDegrees(Center.Lat + ((random.NextDouble() - 0.5) * 0.1), Center.Lng + ((random.NextDouble() - 0.5) * 0.1));
        return new Order(Morning + TimeSpan.FromMilliseconds(after), place, problem.Name, random.Next(2) == 0 ? "web" : "phone");
    }

    private static int Hash(string id) => Encoding.ASCII.GetBytes(id).Sum(c => c);
}
