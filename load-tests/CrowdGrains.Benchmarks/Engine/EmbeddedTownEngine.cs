using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Embedded;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Benchmarks.Engine;

/// <summary>The embedded engine over a store that it closes in the end.</summary>
internal sealed class EmbeddedTownEngine : ITownEngine
{
    private readonly IExclusiveStore _store;
    private readonly EmbeddedEngine _engine;

    public EmbeddedTownEngine(IExclusiveStore store, DispatchOptions options)
    {
        _store = store;
        DispatchRules rules = new(Catalogue.Default, DispatchPolicy.Score, new DistanceTravelTime(), options);
        _engine = EmbeddedEngine.Start(_store, rules, new EmbeddedOptions { IdleAfter = TimeSpan.FromHours(3) }, TimeProvider.System);
    }

    public IDispatchEngine Engine => _engine;

    public TownTotals Totals => _engine.Totals is var totals ? new TownTotals(totals.Turns, totals.DurableTurns, totals.Transactions, totals.TimersArmed) : default;

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _store.Dispose();
    }
}
