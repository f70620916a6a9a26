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

/// <summary>A turn runner, helpers on duty around one point, and a cell that lists a thousand of them.</summary>
internal sealed class TownStage
{
    public static readonly LatLng Center = LatLng.FromDegrees(40.7484, -73.9857);

    private const int Places = 4096;

    private readonly SeededRandom _random = new(1, SeededRandom.Purpose.Crowd);
    private readonly LatLng[] _places;
    private int _nextPlace;

    public TownStage()
    {
        _places = [.. Enumerable.Range(0, Places).Select(_ => LatLng.FromDegrees(
            Center.Lat + (0.002 * _random.NextGaussian()), Center.Lng + (0.002 * _random.NextGaussian())))];
        Rules = new DispatchRules(Catalogue.Default, DispatchPolicy.Score, new DistanceTravelTime(), new DispatchOptions());
        Runner = new TurnRunner(Rules);
    }

    public DispatchRules Rules { get; }

    public TurnRunner Runner { get; }

    public Instant Now { get; private set; } = new(1_398_816_000_000);

    /// <summary>A helper who is on duty and listed.</summary>
    public HelperState Helper(int number)
    {
        HelperState helper = new(HelperId.From($"h{number}"));
        Runner.Run(helper, new RegisterHelper(OperationId.From("register"), Profile()), Now);
        Runner.Run(helper, new GoOnline(OperationId.From("online"), Near(), null), Now);
        return helper;
    }

    /// <summary>A cell that lists so many helpers, half of whom know the skill.</summary>
    public CellState Cell(int helpers)
    {
        CellState cell = new(CellIndex.FromLatLng(Center, Rules.SupplyResolution(Tier.Friend)));
        for (int i = 0; i < helpers; i++)
        {
            HelperCard card = new(HelperId.From($"h{i}"), Profile(), new HelperStatistics(20, 17, 10, 42, Now), Instant.Never);
            Runner.Run(cell, new EnlistHelper(card, Near().ToUnitVector(), 1, Now + TimeSpan.FromDays(1)), Now);
        }

        return cell;
    }

    public static Need Need() => new(
        RequestId.From("r1"), Center.ToUnitVector(), Tier.Friend, [new SkillNeed("router", 2)], [], 8000, TimeSpan.FromMinutes(25), null, []);

    /// <summary>The next report of a device: fifteen seconds later, a few metres on.</summary>
    public PositionReported NextReport()
    {
        Now += TimeSpan.FromSeconds(15);
        return new PositionReported(Now, Near());
    }

    private LatLng Near() => _places[_nextPlace++ % Places];

    private HelperProfile Profile()
    {
        ImmutableArray<Skill> skills = _random.NextBool(0.5) ? [new Skill("tv", 3), new Skill("router", 3)] : [new Skill("tv", 3), new Skill("phone", 2)];
        return new HelperProfile("Helper", Tier.Friend, skills, [], 8000, 1, null);
    }
}
