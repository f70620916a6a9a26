using System.Collections.Immutable;
using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Benchmarks.Turns;

/// <summary>How many helpers there are and how they stand.</summary>
public enum Crowd
{
    /// <summary>10, evenly over a square of 2 km in one cell.</summary>
    Ten,

    /// <summary>600, likewise: a cell in a city.</summary>
    Quarter,

    /// <summary>20,000, likewise.</summary>
    Throng,

    /// <summary>20,000, nearly all within 300 m of a point.</summary>
    Stadium,

    /// <summary>100,000, evenly over a square of 30 km.</summary>
    City,
}

/// <summary>A crowd of friends with different pasts, half of whom know the skill; each has its own card, as on an engine.</summary>
internal sealed class CrowdStage
{
    /// <summary>How many of the best are asked for.</summary>
    public const int Candidates = 10;

    private const double StadiumMeters = 130;
    private const double MetersPerDegree = Earth.RadiusMeters * Math.PI / 180;

    private readonly SeededRandom _random = new(1, SeededRandom.Purpose.Crowd);
    private readonly HelperCard[] _cards;
    private readonly UnitVector[] _places;
    private readonly int _resolution;
    private long _number;

    /// <param name="resolution">Of the cells that list helpers.</param>
    public CrowdStage(Crowd crowd, int resolution = 7)
    {
        int helpers = crowd switch { Crowd.Ten => 10, Crowd.Quarter => 600, Crowd.City => 100_000, _ => 20_000 };
        double sideMeters = crowd == Crowd.City ? 30_000 : 2000;
        _resolution = resolution;
        Rules = new DispatchRules(Catalogue.Default, DispatchPolicy.Score, new DistanceTravelTime(), new DispatchOptions
        {
            SupplyResolutions = [resolution, resolution, resolution, resolution], CandidatesPerCell = Candidates, CandidatesPerRound = Candidates,
        });
        Runner = new TurnRunner(Rules);
        _cards = [.. Enumerable.Range(0, helpers).Select(Card)];
        _places = [.. Enumerable.Range(0, helpers).Select(_ => crowd == Crowd.Stadium
            ? Step(TownStage.Center, StadiumMeters)
            : Near(TownStage.Center, sideMeters * (_random.NextDouble() - 0.5), sideMeters * (_random.NextDouble() - 0.5)))];
    }

    public int Helpers => _cards.Length;

    public DispatchRules Rules { get; }

    public TurnRunner Runner { get; }

    public Instant Now { get; } = new(1_398_816_000_000);

    /// <summary>A report of a helper.</summary>
    public EnlistHelper Report(int helper, in UnitVector place) => new(_cards[helper], place, ++_number, Now + TimeSpan.FromDays(1));

    /// <summary>Where each helper stands after a step from where it stood at first.</summary>
    public UnitVector[] Places(double stepMeters) => [.. _places.Select(place => Step(place.ToLatLng(), stepMeters))];

    /// <summary>All of the crowd, in the cells they are in.</summary>
    public Dictionary<CellIndex, CellState> Cells()
    {
        Dictionary<CellIndex, CellState> cells = [];
        for (int i = 0; i < _cards.Length; i++)
        {
            CellIndex cell = CellIndex.FromUnitVector(_places[i], _resolution);
            if (!cells.TryGetValue(cell, out CellState? state))
            {
                cells.Add(cell, state = new CellState(cell));
            }

            Runner.Run(state, Report(i, _places[i]), Now);
        }

        return cells;
    }

    /// <summary>All of the crowd in the cell in the middle.</summary>
    public CellState Cell()
    {
        CellState cell = new(CellIndex.FromLatLng(TownStage.Center, _resolution));
        for (int i = 0; i < _cards.Length; i++)
        {
            Runner.Run(cell, Report(i, _places[i]), Now);
        }

        return cell;
    }

    /// <summary>Requests for somebody who knows routers, where people of the crowd stand.</summary>
    public Need[] Needs(int count, int radiusMeters) =>
    [
        .. Enumerable.Range(0, count).Select(_ => new Need(
            RequestId.From("r1"), _places[_random.NextInt(_places.Length)], Tier.Friend, [new SkillNeed("router", 2)], [], radiusMeters,
            TimeSpan.FromMinutes(25), null, [])),
    ];

    private UnitVector Step(LatLng from, double meters) => Near(from, meters * _random.NextGaussian(), meters * _random.NextGaussian());

    private static UnitVector Near(LatLng from, double east, double north)
    {
        double lat = from.Lat + (north / MetersPerDegree);
        return LatLng.FromDegrees(lat, from.Lng + (east / (MetersPerDegree * Math.Cos(lat * Math.PI / 180)))).ToUnitVector();
    }

    private HelperCard Card(int number)
    {
        ImmutableArray<Skill> skills =
            [new Skill("tv", 3), _random.NextBool(0.5) ? new Skill("router", 1 + _random.NextInt(5)) : new Skill("phone", 2)];
        int visits = _random.NextInt(60);
        HelperStatistics statistics = new(visits, visits - _random.NextInt((visits / 4) + 1), 10, 42, Now - TimeSpan.FromSeconds(_random.NextInt(7200)));
        return new HelperCard(HelperId.From($"h{number}"), new HelperProfile("Helper", Tier.Friend, skills, [], 8000, 1, null), statistics, Instant.Never);
    }
}
