using System.Globalization;
using CrowdGrains.Cluster.Silos;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Hosting.Stores.Postgres;
using CrowdGrains.Hosting.Telemetry;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CrowdGrains.Cluster.Events;

/// <summary>
/// Brings what is in the log to this silo's readers: told by the database when there is more or something was rewritten, and looking now and
/// then in any case.
/// </summary>
internal sealed class EventTail : IAsyncDisposable
{
    private const int PageSize = 500;
    private const string Rewritten = "rewritten ";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly SharedPostgresStore _store;
    private readonly OutboxRelay _relay;
    private readonly DispatchInstruments _dispatch;
    private readonly Lock _reading = new();
    private readonly Loop _loop;

    /// <exception cref="StoreException">The store does not answer.</exception>
    public EventTail(SharedPostgresStore store, ClusterLimits options, OutboxRelay relay, DispatchInstruments dispatch, ILogger<EventTail> log)
    {
        _store = store;
        _relay = relay;
        _dispatch = dispatch;
        Feed = new EventFeed(store, options.RecentEvents);
        _loop = Loop.OverStore(FollowAsync, options, log);
    }

    public EventFeed Feed { get; }

    /// <summary>The notice that events were rewritten, for all silos: it goes with the write.</summary>
    public static SqlWrite NoticeOf(IEnumerable<LoggedEvent> rewritten) =>
        new($"SELECT pg_notify('{OutboxRelay.Channel}', @p1)", Rewritten + string.Join(' ', rewritten.Select(happened => happened.Row.Sequence)));

    public void Start() => _loop.Start();

    /// <summary>Takes in what is in the log by now.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public void CatchUp()
    {
        lock (_reading)
        {
            IReadOnlyList<EventRow> rows;
            do
            {
                rows = _store.ReadEvents(Feed.LastSequence, PageSize);
                LoggedEvent[] events = [.. rows.Select(row => new LoggedEvent(row))];
                Feed.Publish(events);

                // Every silo sees every event: the one that numbers them counts them for all.
                _dispatch.Take(events, _relay.IsLeading);
            }
            while (rows.Count == PageSize);
        }
    }

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task FollowAsync(CancellationToken stopping)
    {
        await using NpgsqlConnection connection = await Listening.OpenAsync(_store, OutboxRelay.Channel, Hear, stopping).ConfigureAwait(false);

        // What was rewritten while nobody listened is not known.
        Feed.ForgetRecent();
        while (true)
        {
            CatchUp();
            await connection.WaitAsync(LookEvery, stopping).ConfigureAwait(false);
        }
    }

    private void Hear(string notice)
    {
        if (!notice.StartsWith(Rewritten, StringComparison.Ordinal))
        {
            return;
        }

        foreach (string sequence in notice[Rewritten.Length..].Split(' '))
        {
            if (long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                Feed.Rewrite(_store.ReadEvents(number - 1, 1).Select(row => new LoggedEvent(row)));
            }
        }
    }
}
