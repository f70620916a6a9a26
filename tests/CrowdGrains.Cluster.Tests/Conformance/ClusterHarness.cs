using CrowdGrains.Cluster.Events;
using CrowdGrains.Cluster.Schema;
using CrowdGrains.Cluster.Silos;
using CrowdGrains.Cluster.Timers;
using CrowdGrains.Conformance.Tests.Engines;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Testing;
using CrowdGrains.Testing.Postgres;
using GrainId = CrowdGrains.Core.Turns.GrainId;

namespace CrowdGrains.Cluster.Tests.Conformance;

/// <summary>Three silos in this process over a PostgreSQL database of their own, and a clock that is moved by hand. Commands go to one silo after the other.</summary>
public sealed class ClusterHarness(string database, ManualTimeProvider clock) : IDispatchHarness
{
    /// <summary>In how many steps time passes at most: fewer are quicker, more are closer to how it does.</summary>
    private const int MaxSteps = 20;

    /// <summary>So many looks in a row at which nothing was under way.</summary>
    private const int QuietLooks = 2;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<Happening> _events = [];
    private readonly LoggedEvent[] _page = new LoggedEvent[100];
    private TestSilos? _silos;
    private long _lastSequence;
    private int _asked;

    /// <summary>A harness over a new database. Skips the test where PostgreSQL is not installed.</summary>
    public static IDispatchHarness Create(PostgresServer server)
    {
        Assert.SkipUnless(server.TryStart(out string whyNot), whyNot);
        string database = server.CreateDatabase();
        ClusterSchema.Apply(database);
        return new ClusterHarness(database, new ManualTimeProvider());
    }

    public Instant Now => Instant.FromDateTimeOffset(clock.GetUtcNow());

    public IReadOnlyList<Happening> Events
    {
        get
        {
            TestSilos silos = Silos;
            silos.EmptyOutbox();
            silos.Parts<EventTail>()[0].CatchUp();
            for (int count = -1; count != 0;)
            {
                count = silos.Engines[0].Events.Read(_lastSequence, _page, out _);
                foreach (LoggedEvent happened in _page.AsSpan(0, count))
                {
                    _lastSequence = happened.Row.Sequence;
                    _events.Add(new Happening(happened.Row.Grain, happened.Row.GrainSequence, happened.Row.At, happened.Event));
                }
            }

            return _events;
        }
    }

    private TestSilos Silos => _silos ??= TestSilos.Start(database, clock);

    private ClusterEngine Engine => Silos.Engines[_asked++ % Silos.Engines.Count];

    public async Task<Answer> AskAsync(GrainId grain, Command command) =>
        await Engine.AskAsync(grain, command, TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);

    public void Report(HelperId helper, LatLng position) => Assert.Equal(1, Engine.Report([new PositionReport(helper, Now, position)]));

    public async Task PassAsync(TimeSpan span)
    {
        int steps = (int)Math.Clamp(span / Step, 1, MaxSteps);
        await SettleAsync();
        for (int i = 0; i < steps; i++)
        {
            clock.Advance(span / steps);
            await SettleAsync();
        }
    }

    public async Task<HelperSnapshot?> FindHelperAsync(HelperId helper) =>
        await Engine.FindHelperAsync(helper, TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);

    public async Task<RequestSnapshot?> FindRequestAsync(RequestId request) =>
        await Engine.FindRequestAsync(request, TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);

    public async Task RestartAsync()
    {
        Assert.NotEmpty(Events);
        await Silos.DisposeAsync();
        _silos = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_silos is { } silos)
        {
            await silos.DisposeAsync();
        }
    }

    /// <summary>Waits until every message that was sent has been dealt with and no timer is due: what the new time set off is over.</summary>
    private async Task SettleAsync()
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        IReadOnlyList<SiloCounters> counters = Silos.Parts<SiloCounters>();
        IReadOnlyList<SiloTimers> timers = Silos.Parts<SiloTimers>();
        long turns = -1;
        for (int quiet = 0; quiet < QuietLooks;)
        {
            bool isIdle = timers.Sum(silo => silo.Fire()) == 0;
            long received = counters.Sum(silo => silo.Received);
            long now = counters.Sum(silo => silo.Turns);
            quiet = isIdle && received == counters.Sum(silo => silo.Sent) && now == turns ? quiet + 1 : 0;
            turns = now;
            await Task.Delay(Look, patience.Token);
        }
    }
}
