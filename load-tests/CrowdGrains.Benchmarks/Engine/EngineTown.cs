using System.Collections.Concurrent;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Benchmarks.Engine;

/// <summary>
/// An engine, and a town of 30 × 30 km around New York's centre with helpers spread evenly. Every call is the one that the HTTP interface
/// makes.
/// </summary>
internal sealed class EngineTown : IAsyncDisposable
{
    public const double South = 40.615;
    public const double West = -74.16;
    public const double HeightDegrees = 0.27;
    public const double WidthDegrees = 0.356;

    /// <summary>Nobody reports while something else is measured, and nobody must go stale for it.</summary>
    public static readonly DispatchOptions StayOnline = new() { PresenceLease = TimeSpan.FromHours(1) };

    private readonly ITownEngine _host;
    private readonly ConcurrentDictionary<RequestId, TaskCompletionSource<OfferMoved>> _offers = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _following;

    /// <summary>The engine ends with the town.</summary>
    public EngineTown(ITownEngine host)
    {
        _host = host;
        _following = FollowAsync();
    }

    public IDispatchEngine Engine => _host.Engine;

    public TownTotals Totals => _host.Totals;

    /// <summary>Of an embedded engine over SQLite in a folder of its own, which stays.</summary>
    public static EngineTown OverSqlite(string? folder = null) =>
        new(new EmbeddedTownEngine(SqliteStore.Open(folder ?? Directory.CreateTempSubdirectory("crowdgrains-bench-").FullName), StayOnline));

    public static HelperId Helper(int number) => HelperId.From($"h{number}");

    public static LatLng Place(SeededRandom random) =>
        LatLng.FromDegrees(South + (HeightDegrees * random.NextDouble()), West + (WidthDegrees * random.NextDouble()));

    /// <summary>Registers helpers all over the town and brings them online.</summary>
    public Task FillAsync(int helpers)
    {
        SeededRandom random = new(1, SeededRandom.Purpose.Crowd);
        return FillAsync([.. Enumerable.Range(0, helpers).Select(_ => Place(random))], 0);
    }

    /// <summary>Registers a helper at each place, numbered from <paramref name="from"/>, and brings them online, many at a time.</summary>
    public async Task FillAsync(LatLng[] places, int from)
    {
        int helpers = places.Length;
        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, 512).Select(async _ =>
        {
            for (int i = Interlocked.Increment(ref next); i < helpers; i = Interlocked.Increment(ref next))
            {
                HelperProfile profile = new($"Helper {i}", Tier.Friend, [new Skill(i % 2 == 0 ? "router" : "tv", 3)], ["en"], 8000, 1, null);
                HelperId helper = Helper(from + i);
                Require(await Engine.AskAsync(helper, new RegisterHelper(OperationId.From($"r{i}"), profile)));
                Require(await Engine.AskAsync(helper, new GoOnline(OperationId.From($"o{i}"), places[i], null)));
            }
        }));
    }

    /// <summary>From submission to assignment: the offer is taken as soon as it is in the log.</summary>
    /// <returns>When the offer was seen, in ticks of the stopwatch.</returns>
    public async Task<long> DispatchAsync(int number, LatLng place)
    {
        RequestId request = RequestId.From($"q{number}");
        TaskCompletionSource<OfferMoved> offered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _offers[request] = offered;
        RequestSpec spec = new(CustomerId.From("c1"), "router-setup", [], place, [], null, null, null, null, "web", "");
        Require(await Engine.AskAsync(request, new SubmitRequest(OperationId.From("s"), spec)));
        OfferMoved offer = await offered.Task;
        long seen = System.Diagnostics.Stopwatch.GetTimestamp();
        Require(await Engine.AskAsync(offer.Helper, new AcceptOffer(OperationId.From($"a{number}"), offer.Offer)));
        return seen;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _host.DisposeAsync();
        _stop.Dispose();
    }

    private static void Require(Answer answer)
    {
        if (answer.Code != AnswerCode.Ok)
        {
            throw new InvalidOperationException(answer.ToString());
        }
    }

    private async Task FollowAsync()
    {
        await foreach (LoggedEvent happened in Engine.Events.FollowAsync(Engine.Events.LastSequence, _stop.Token))
        {
            if (happened.Event is OfferMoved { Step: OfferStep.Issued } offer && _offers.TryRemove(offer.Request, out TaskCompletionSource<OfferMoved>? waiting))
            {
                waiting.SetResult(offer);
            }
        }
    }
}
