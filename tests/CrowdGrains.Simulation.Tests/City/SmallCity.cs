using System.Text;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.City;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.Tests.City;

/// <summary>A morning in a small city: some hundred orders within three hours and a few kilometres.</summary>
internal static class SmallCity
{
    public static readonly Instant Morning = new(1_398_844_800_000); // 30 April 2014, 08:00

    public static readonly LatLng Center = LatLng.FromDegrees(40.75, -73.98);

    public static Order[] Orders(int count, ulong seed = 1)
    {
        Demand demand = new(Catalogue.Default, seed);
        SeededRandom random = new(seed, SeededRandom.Purpose.Demand, -7);
        return
        [
            .. Enumerable.Range(0, count).Select(_ => random.NextInt(3 * 3_600_000)).Order()
                .Select((after, number) => demand.Order(number, Morning + TimeSpan.FromMilliseconds(after), Places.Near(Center, 2500, random), null)),
        ];
    }

    public static DispatchRules Rules(DispatchPolicy policy, Catalogue? catalogue = null) =>
        new(catalogue ?? Catalogue.Default, policy, new DistanceTravelTime(), new DispatchOptions());

    public static CityLife Make(int orders, int helpers, DispatchPolicy policy, ulong seed) =>
        new(Rules(policy), Orders(orders, seed), new CityOptions { Helpers = helpers, Seed = seed, ReportInterval = TimeSpan.FromSeconds(25) });

    /// <summary>A catalogue of router problems; the ladder's only rung asks friends, over these channels.</summary>
    public static Catalogue CatalogueOf(string channels, params (string Name, int Weight)[] problems) => CatalogueReader.Read(Encoding.UTF8.GetBytes(
        $$"""
        {"version": 1, "currency": "CHF", "problems": [{{string.Join(',', problems.Select(problem =>
            $$"""
            {"name": "{{problem.Name}}", "title": "t", "durationSeconds": 600, "demandWeight": {{problem.Weight}}, "skills": [{"name": "router", "level": 1}],
             "deadlineSeconds": {"low": 7200, "normal": 7200, "high": 7200, "critical": 7200},
             "rungs": [{"tier": "friend", "channels": [{{channels}}], "offerSeconds": 40, "budgetSeconds": 420, "radiusMeters": 8000, "price": 1, "tripPay": 1, "whenEmpty": "wait"}]}
            """))}}]}
        """));
}
