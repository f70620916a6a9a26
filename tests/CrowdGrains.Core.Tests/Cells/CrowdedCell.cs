using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Cells;

/// <summary>
/// A drawn cell, anywhere on the earth, and the same crowd in a plain dictionary: what the cell should know, and the full scan it should agree with.
/// </summary>
internal sealed class CrowdedCell
{
    private static readonly string[] Skills = ["router", "tv", "phone", "lift"];
    private static readonly string[] Languages = ["de", "en", "fr"];

    private readonly Random _random;
    private readonly double _spreadMeters;
    private readonly TurnRunner _runner;
    private readonly Dictionary<HelperId, EnlistHelper> _listed = [];
    private Instant _now = ManualClock.Start;
    private long _number;

    public CrowdedCell(int seed, DispatchOptions options, ITravelTime? travel = null)
    {
        _random = new Random(seed);
        Cell = DrawCell();
        _spreadMeters = Earth.RadiusMeters * Cell.CenterVector.DistanceRadiansTo(Corner()) * Math.Pow(_random.NextDouble(), 3);
        Rules = new DispatchRules(TinyCatalogue.Value, DrawPolicy(), travel ?? new DistanceTravelTime(), options);
        _runner = new TurnRunner(Rules);
        State = new CellState(Cell);
    }

    public CellIndex Cell { get; }

    public DispatchRules Rules { get; }

    public CellState State { get; }

    public int Listed => _listed.Count;

    /// <summary>So many messages of helpers, mostly reports, and the sweeps that fall due.</summary>
    public void Live(int messages)
    {
        int helpers = 1 + _random.Next(messages);
        for (int i = 0; i < messages; i++)
        {
            _now += TimeSpan.FromMilliseconds(_random.Next(60));
            HelperId helper = HelperId.From($"h{_random.Next(helpers)}");
            if (_random.Next(8) == 0)
            {
                Delist(helper);
            }
            else
            {
                Enlist(helper);
            }
        }

        if (_random.Next(3) == 0)
        {
            Sweep();
        }
    }

    public HelpersFound Find(Need need) => (HelpersFound)_runner.Run(State, new FindHelpers(1, 0, need), _now).Effects[0].Message;

    /// <summary>Why a helper is not asked, by the rules alone.</summary>
    public NotAskedReason Judge(HelperId helper, Need need) => Judge(_listed[helper], need, out _);

    public bool Lacks(HelperId helper, Need need) => need.Skills.Any(needed => !Eligibility.TryFind(_listed[helper].Card.Profile, needed.Name, out _));

    /// <summary>Everybody who fits, best first.</summary>
    public Candidate[] Rank(Need need)
    {
        List<Candidate> fit = [];
        foreach (EnlistHelper listing in _listed.Values)
        {
            if (Judge(listing, need, out Reach reach) == NotAskedReason.None)
            {
                Score score = Ranking.Rate(Rules.Policy, listing.Card, need, reach.EtaSeconds, _now);
                fit.Add(new Candidate(listing.Card.Id, reach.DistanceMeters, reach.EtaSeconds, score));
            }
        }

        return [.. fit.Order()];
    }

    /// <summary>How many are not asked for each reason when everybody is looked at.</summary>
    public ReasonCount[] Count(Need need) =>
    [
        .. _listed.Values.Select(listing => Judge(listing, need, out _)).Where(reason => reason != NotAskedReason.None)
            .GroupBy(reason => reason).OrderBy(group => group.Key).Select(group => new ReasonCount(group.Key, group.Count())),
    ];

    public Need DrawNeed() => Needs.Router(Ids.Request(1)) with
    {
        Place = _random.Next(6) == 0 ? Anywhere() : Near(),
        Tier = _random.Next(4) == 0 ? null : (Tier)_random.Next(2),
        Skills = [.. Draw(Skills, 2).Select(name => new SkillNeed(name, _random.Next(1, 6), _random.Next(8) == 0))],
        Languages = [.. _random.Next(3) == 0 ? Draw(Languages, 2) : []],
        RadiusMeters = (int)Math.Min(int.MaxValue, 100 + (4 * _spreadMeters * _random.NextDouble())),
        Preferred = _random.Next(2) == 0 ? HelperId.From($"h{_random.Next(20)}") : null,
        Excluded = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => HelperId.From($"h{_random.Next(20)}"))],
    };

    private void Enlist(HelperId helper)
    {
        bool known = _listed.TryGetValue(helper, out EnlistHelper? listed);
        HelperCard card = known && _random.Next(4) > 0 ? listed!.Card : DrawCard(helper);
        // Now and then a late report, which changes nothing.
        EnlistHelper report = new(card, _random.Next(50) == 0 ? Anywhere() : Near(), _number += _random.Next(-1, 9), _now + TimeSpan.FromMilliseconds(_random.Next(60_000)));
        Turn turn = _runner.Run(State, report, _now);
        bool late = known && listed!.Number >= report.Number;
        bool full = !known && _listed.Count >= Rules.Options.MaxHelpersPerCell;
        Assert.Equal(late ? Refusal.Late : full ? Refusal.Full : Refusal.None, turn.Refusal);
        if (!late && !full)
        {
            _listed[helper] = report;
        }
    }

    private void Delist(HelperId helper)
    {
        bool known = _listed.TryGetValue(helper, out EnlistHelper? listed);
        long number = _number + _random.Next(-1, 2);
        Turn turn = _runner.Run(State, new DelistHelper(helper, number), _now);
        bool late = known && listed!.Number > number;
        Assert.Equal(!known ? Refusal.Unknown : late ? Refusal.Late : Refusal.None, turn.Refusal);
        if (!late)
        {
            _listed.Remove(helper);
        }
    }

    private void Sweep()
    {
        if (!State.Timers.TryGet(TimerKey.CellSweep, out Instant due))
        {
            return;
        }

        _now = Instant.Later(_now, due);
        _runner.Run(State, new TimerFired(TimerKey.CellSweep), _now);
        foreach (EnlistHelper ended in _listed.Values.Where(listing => listing.LeaseUntil <= _now).ToList())
        {
            _listed.Remove(ended.Card.Id);
        }
    }

    private NotAskedReason Judge(EnlistHelper listing, Need need, out Reach reach)
    {
        reach = default;
        return listing.LeaseUntil <= _now
            ? NotAskedReason.Stale
            : Eligibility.Check(listing.Card, listing.Place, need, Rules, _now, out reach);
    }

    private HelperCard DrawCard(HelperId helper)
    {
        int visits = _random.Next(40);
        HelperStatistics statistics = new(visits, _random.Next(visits + 1), 0, 0, _random.Next(9) == 0 ? Instant.Never : _now - TimeSpan.FromSeconds(_random.Next(-60, 5000)));
        HelperProfile profile = Profiles.Friend with
        {
            Tier = (Tier)_random.Next(2),
            Skills = [.. Draw(Skills, 4).Select(name => new Skill(name, _random.Next(1, 6), _random.Next(2) == 0 ? Instant.Never : _now + TimeSpan.FromDays(1)))],
            Languages = [.. Draw(Languages, 3)],
            RadiusMeters = _random.Next(100, 500_000),
        };
        return new HelperCard(helper, profile, statistics, _random.Next(3) == 0 ? _now + TimeSpan.FromMinutes(_random.Next(120)) : Instant.Never);
    }

    /// <summary>Some of the words, each once.</summary>
    private List<string> Draw(string[] words, int most)
    {
        List<string> drawn = [];
        for (int count = _random.Next(most + 1); count > 0; count--)
        {
            string word = words[_random.Next(words.Length)];
            if (!drawn.Contains(word))
            {
                drawn.Add(word);
            }
        }

        return drawn;
    }

    private DispatchPolicy DrawPolicy() => _random.Next(3) switch
    {
        0 => DispatchPolicy.Nearest,
        1 => DispatchPolicy.Score,
        _ => new DispatchPolicy("drawn", Weight(3000), Weight(900), Weight(100), Weight(90), WaitingLine.OldestFirst, 0, 0),
    };

    /// <summary>Seldom negative, which no policy should be, but a search must not go wrong for it.</summary>
    private int Weight(int most) => _random.Next(9) == 0 ? -_random.Next(most) : _random.Next(most);

    /// <summary>Often a pentagon, where the grid is least regular.</summary>
    private CellIndex DrawCell()
    {
        int resolution = _random.Next(0, 11);
        CellIndex[] pentagons = new CellIndex[H3Grid.PentagonCount];
        H3Grid.Pentagons(resolution, pentagons);
        return _random.Next(3) == 0 ? pentagons[_random.Next(pentagons.Length)] : CellIndex.FromUnitVector(Anywhere(), resolution);
    }

    private UnitVector Corner()
    {
        UnitVector[] corners = new UnitVector[CellIndex.MaxBoundaryVertices];
        return corners[Cell.GetBoundary(corners) - 1];
    }

    private UnitVector Anywhere() => UnitVector.FromDirection(_random.NextDouble() - 0.5, _random.NextDouble() - 0.5, _random.NextDouble() - 0.4999);

    /// <summary>Around the centre, more or less crowded together.</summary>
    private UnitVector Near()
    {
        double reach = _spreadMeters / Earth.RadiusMeters;
        UnitVector center = Cell.CenterVector;
        return UnitVector.FromDirection(
            center.X + (reach * (_random.NextDouble() - 0.5)), center.Y + (reach * (_random.NextDouble() - 0.5)), center.Z + (reach * (_random.NextDouble() - 0.5)));
    }
}
