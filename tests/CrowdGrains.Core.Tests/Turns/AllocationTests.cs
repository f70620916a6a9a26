using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Turns;

/// <summary>What the hot turns allocate, measured warm.</summary>
public sealed class AllocationTests(ITestOutputHelper output)
{
    [Fact]
    public void Report_AllocatesNoMoreThan200Bytes()
    {
        TurnRunner runner = new(TestRules.Default);
        HelperState helper = HelperStage.Online().State;
        Instant now = ManualClock.Start;
        LatLng[] places = [.. Enumerable.Range(0, 8).Select(i => Sites.At(1000 + i, 0))];
        double bytes = Allocations.Measure(i =>
        {
            now += TimeSpan.FromMilliseconds(20);
            runner.Run(helper, new PositionReported(now, places[i % places.Length]), now);
        });
        output.WriteLine($"A position report's turn allocates {bytes} bytes, the report included.");
        Assert.True(bytes <= 200, $"{bytes} bytes a turn");
    }

    [Fact]
    public void FindHelpers_AllocatesItsAnswerAlone()
    {
        TurnRunner runner = new(TestRules.Default);
        CellState cell = new(CellIndex.FromLatLng(Sites.Home, 7));
        Instant now = ManualClock.Start;
        for (int i = 0; i < 1000; i++)
        {
            HelperCard card = Profiles.Card($"helper-{i}", i % 10 == 0 ? Profiles.Friend with { Languages = ["fr"] } : Profiles.Friend);
            runner.Run(cell, new EnlistHelper(card, Sites.At(i, i).ToUnitVector(), 1, now + TimeSpan.FromHours(1)), now);
        }

        FindHelpers ask = new(1, 0, Needs.Router(Ids.Request(1)) with { Languages = ["de"] });
        HelpersFound answer = (HelpersFound)runner.Run(cell, ask, now).Effects[0].Message;
        Assert.Equal((8, 4, 2), (answer.Candidates.Length, answer.NotAsked.Length, answer.NotAskedCounts.Length));
        double turns = Allocations.Measure(_ => runner.Run(cell, ask, now));
        object? kept = null;
        double answers = Allocations.Measure(_ => kept = new HelpersFound(
            1, 0, [.. answer.Candidates.AsSpan()], [.. answer.NotAsked.AsSpan()], [.. answer.NotAskedCounts.AsSpan()]));
        GC.KeepAlive(kept);
        output.WriteLine($"A search of 1,000 helpers allocates {turns} bytes, its answer {answers}.");
        Assert.True(turns <= answers, $"{turns} bytes a turn, {answers} an answer");
    }
}
