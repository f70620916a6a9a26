using System.Collections.Immutable;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Embedded;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Testing;

namespace CrowdGrains.Conformance.Tests.Engines;

/// <summary>The embedded engine with two shards over a SQLite store in a folder of its own, and a clock that is moved by hand.</summary>
public sealed class EmbeddedHarness : IDispatchHarness
{
    /// <summary>In how many steps time passes at most: fewer are quicker, more are closer to how it does.</summary>
    private const int MaxSteps = 20;

    /// <summary>So many rounds in which no shard did anything and nothing waited, for messages, records or writes.</summary>
    private const int QuietRounds = 4;

    /// <summary>Cells all over the world: some live on each shard.</summary>
    private static readonly ImmutableArray<CellIndex> Everywhere =
        [.. Enumerable.Range(0, 32).Select(i => CellIndex.FromLatLng(LatLng.FromDegrees(i * 2, i * 5), 5))];

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _clock;
    private readonly List<Happening> _events = [];
    private readonly LoggedEvent[] _page = new LoggedEvent[100];
    private long _lastSequence;
    private SqliteStore _store;
    private EmbeddedEngine _engine;

    public EmbeddedHarness()
        : this(new ManualTimeProvider())
    {
    }

    public EmbeddedHarness(ManualTimeProvider clock)
    {
        _clock = clock;
        _store = SqliteStore.Open(Folder);
        _engine = Start();
    }

    /// <summary>Where the store is, gone with the harness.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("crowdgrains-conformance-").FullName;

    public Instant Now => Instant.FromDateTimeOffset(_clock.GetUtcNow());

    public IReadOnlyList<Happening> Events
    {
        get
        {
            for (int count = -1; count != 0;)
            {
                count = _engine.Events.Read(_lastSequence, _page, out _);
                foreach (LoggedEvent happened in _page.AsSpan(0, count))
                {
                    _lastSequence = happened.Row.Sequence;
                    _events.Add(new Happening(happened.Row.Grain, happened.Row.GrainSequence, happened.Row.At, happened.Event));
                }
            }

            return _events;
        }
    }

    public async Task<Answer> AskAsync(GrainId grain, Command command) =>
        await _engine.AskAsync(grain, command, TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);

    public void Report(HelperId helper, LatLng position) => Assert.Equal(1, _engine.Report([new PositionReport(helper, Now, position)]));

    public async Task PassAsync(TimeSpan span)
    {
        int steps = (int)Math.Clamp(span / Step, 1, MaxSteps);
        for (int i = 0; i < steps; i++)
        {
            _clock.Advance(span / steps);
            await SettleAsync();
        }
    }

    public async Task<HelperSnapshot?> FindHelperAsync(HelperId helper) =>
        await _engine.FindHelperAsync(helper, TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);

    public async Task<RequestSnapshot?> FindRequestAsync(RequestId request) =>
        await _engine.FindRequestAsync(request, TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);

    public async Task RestartAsync()
    {
        Assert.NotEmpty(Events);
        await _engine.DisposeAsync();
        _store.Dispose();
        _store = SqliteStore.Open(Folder);
        _engine = Start();
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _store.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private EmbeddedEngine Start() => EmbeddedEngine.Start(_store, TestRules.Default, new EmbeddedOptions { Shards = 2 }, _clock);

    /// <summary>Waits until every shard has looked for work again and again without finding any: what the new time set off is over.</summary>
    private async Task SettleAsync()
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        long turns = -1;
        for (int quiet = 0; quiet < QuietRounds;)
        {
            // Each shard answers within a round of its own.
            await _engine.CountFreeHelpersAsync(Everywhere, resolution: 5, patience.Token);
            EngineTotals now = _engine.Totals;
            quiet = now.Turns == turns && now.Waiting == 0 && now.TimersArmed ? quiet + 1 : 0;
            turns = now.Turns;
        }
    }
}
