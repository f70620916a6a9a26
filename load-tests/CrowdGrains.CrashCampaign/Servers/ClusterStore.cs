using System.Diagnostics;
using CrowdGrains.CrashCampaign.Audits;
using Npgsql;

namespace CrowdGrains.CrashCampaign.Servers;

/// <summary>The database of a cluster, looked at from outside: what is in the log, and what is still on its way there.</summary>
internal sealed class ClusterStore(string database, Verdict verdict) : IDisposable
{
    private const string LastOnTheWay = "SELECT coalesce(max(id), 0) FROM outbox";
    private const string FirstOnTheWay = "SELECT coalesce(min(id), 9223372036854775807) FROM outbox";
    private const string LastInLog = "SELECT coalesce(max(seq), 0) FROM events";
    private const string HowManyOnTheWay = "SELECT count(*) FROM outbox";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    /// <summary>A connection for each look: one that was kept may be from before an outage.</summary>
    private readonly NpgsqlDataSource _data = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { Pooling = false });

    /// <summary>Waits until all that is on its way now is in the log, and reads where that ends.</summary>
    public async Task<long> ReadEndAsync(CancellationToken cancellation)
    {
        long last = await ReadAsync(LastOnTheWay, cancellation).ConfigureAwait(false);
        long began = Stopwatch.GetTimestamp();
        while (await ReadAsync(FirstOnTheWay, cancellation).ConfigureAwait(false) <= last)
        {
            verdict.Require(Stopwatch.GetElapsedTime(began) < Patience, "outbox-moves", "outbox", () => $"#{last} is still there after {Patience.TotalSeconds} s");
            await Task.Delay(Look, cancellation).ConfigureAwait(false);
        }

        return await ReadAsync(LastInLog, cancellation).ConfigureAwait(false);
    }

    /// <summary>Where the silo is reached that leads the HTTP interface, or did last.</summary>
    public async Task<Uri> ReadLeaderAsync(CancellationToken cancellation)
    {
        await using NpgsqlCommand command = _data.CreateCommand("SELECT address FROM http_leader");
        return new Uri((string)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) ?? throw verdict.Report("somebody-leads", "http_leader", "it is empty")));
    }

    /// <summary>How many events are on their way to the log.</summary>
    public Task<long> CountOutboxAsync(CancellationToken cancellation) => ReadAsync(HowManyOnTheWay, cancellation);

    /// <summary>Waits until nothing is on its way.</summary>
    public async Task EmptiedAsync(CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp();
        while (await CountOutboxAsync(cancellation).ConfigureAwait(false) > 0)
        {
            verdict.Require(Stopwatch.GetElapsedTime(began) < Patience, "outbox-is-emptied", "outbox", () => $"it is not empty after {Patience.TotalSeconds} s");
            await Task.Delay(Look, cancellation).ConfigureAwait(false);
        }
    }

    public void Dispose() => _data.Dispose();

    private async Task<long> ReadAsync(string question, CancellationToken cancellation)
    {
        await using NpgsqlCommand command = _data.CreateCommand(question);
        return (long)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) ?? 0L);
    }
}
