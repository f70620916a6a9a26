using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Data.Common;
using System.Runtime.CompilerServices;
using CrowdGrains.Api.Calls;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Api.Idempotency;

/// <summary>
/// The answers to POSTs with an Idempotency-Key. A row is claimed before the command and written before it (writes precede the turns of
/// later commands), the answer is added after it and durable before it is sent. A claim without an answer means that the process died
/// in between: the command runs again under the same operation id, which the claim's time is part of, and the grain answers it as it did, or
/// for the first time.
/// </summary>
internal sealed class KeptAnswers(IDispatchEngine engine, IStore store, ApiOptions options)
{
    /// <summary>A row that is there already is one whose time is over and that was not deleted yet.</summary>
    private const string InsertClaim =
        "INSERT INTO api_answers (id, request, at) VALUES (@p1, @p2, @p3) "
        + "ON CONFLICT (id) DO UPDATE SET request = excluded.request, at = excluded.at, status = NULL, headers = NULL, body = NULL";

    private const string UpdateAnswer =
        "INSERT INTO api_answers (id, request, at, status, headers, body) VALUES (@p1, @p2, @p3, @p4, @p5, @p6) "
        + "ON CONFLICT (id) DO UPDATE SET request = excluded.request, at = excluded.at, status = excluded.status, headers = excluded.headers, body = excluded.body";

    private const string Select = "SELECT request, at, status, headers, body FROM api_answers WHERE id = @p1";
    private const string SelectOldest = "SELECT MIN(at) FROM api_answers";
    private const string DeleteOld = "DELETE FROM api_answers WHERE id IN (SELECT id FROM api_answers WHERE at < @p1 ORDER BY at LIMIT 500)";

    private const string SelectBodies =
        "SELECT id, at, body FROM api_answers WHERE (at, id) > (@p1, @p2) AND body IS NOT NULL ORDER BY at, id LIMIT 500";

    private const string DeleteOne = "DELETE FROM api_answers WHERE id = @p1";

    /// <summary>An answer has the time of its claim, which is before what it speaks of.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(5);

    private const string SelectClaims = "SELECT id, at FROM api_answers WHERE at >= @p1";

    private readonly ConcurrentDictionary<OperationId, TaskCompletionSource> _underWay = new();
    private readonly RecentClaims _recent = new(options.AnswersKept);

    /// <summary>Whose answers are not kept for now.</summary>
    public Erasures Erasures { get; } = new();

    private Instant Now => Instant.FromDateTimeOffset(engine.Clock.GetUtcNow());

    /// <summary>Asks to carry out a POST. When it is granted, <see cref="Release"/> must follow.</summary>
    /// <param name="request">A hash of path and body.</param>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public async ValueTask<Claim> ClaimAsync(Operation operation, byte[] request, CancellationToken cancellation)
    {
        TaskCompletionSource mine = new(TaskCreationOptions.RunContinuationsAsynchronously);
        long start = engine.Clock.GetTimestamp();
        while (_underWay.GetOrAdd(operation.Id, mine) is { } first && first != mine)
        {
            TimeSpan left = options.RepeatWait - engine.Clock.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || !await EndsWithinAsync(first.Task, left, cancellation).ConfigureAwait(false))
            {
                return new Claim(ClaimOutcome.InUse);
            }
        }

        bool isGranted = false;
        try
        {
            Claim claim = await FindAsync(operation, request, cancellation).ConfigureAwait(false);
            isGranted = claim.Outcome == ClaimOutcome.Granted;
            return claim;
        }
        finally
        {
            if (!isGranted)
            {
                Release(operation);
            }
        }
    }

    /// <summary>Keeps the answer. It is durable when the call returns.</summary>
    /// <exception cref="UnavailableException">It is not known whether it was kept.</exception>
    public ValueTask KeepAsync(Operation operation, byte[] request, Instant claimedAt, KeptAnswer answer) => engine.WriteAsync(
    [
        Erasures.Concern(answer.Body)
            ? new SqlWrite(DeleteOne, operation.Seed.ToArray())
            : new SqlWrite(
                UpdateAnswer, operation.Seed.ToArray(), request, claimedAt.UnixMilliseconds, (long)answer.Status, answer.Headers, answer.Body),
    ]);

    /// <summary>Waits until the POSTs that are under way now are over and what they keep is durable. Those that begin later are not waited for.</summary>
    public Task CurrentOverAsync(CancellationToken cancellation) => Task.WhenAll(_underWay.Values.Select(post => post.Task)).WaitAsync(cancellation);

    /// <summary>The POST is over: a repeat that waits may look again.</summary>
    public void Release(Operation operation)
    {
        if (_underWay.TryRemove(operation.Id, out TaskCompletionSource? done))
        {
            done.SetResult();
        }
    }

    /// <summary>Learns which operations the store holds; until then each one is looked up.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    public async Task LearnAsync(CancellationToken cancellation)
    {
        if (!options.IsOnlyServer)
        {
            return;
        }

        try
        {
            DbConnection connection = await store.Data.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using ConfiguredAsyncDisposable closing = connection.ConfigureAwait(false);
            using DbCommand command = connection.CreateCommand();
            command.CommandText = SelectClaims;
            AddParameter(command, "@p1", (Now - options.AnswersKept).UnixMilliseconds);
            using DbDataReader rows = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
            {
                _recent.Add((byte[])rows[0], rows.GetInt64(1));
            }

            _recent.Complete();
        }
        catch (DbException fault)
        {
            throw new StoreException("The kept answers cannot be read.", fault);
        }
    }

    /// <summary>Deletes what is too old, in small steps so that no commit takes long.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    /// <exception cref="UnavailableException">Nothing more can be deleted now.</exception>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        long end = (Now - options.AnswersKept).UnixMilliseconds;
        while (await ReadOldestAsync(cancellation).ConfigureAwait(false) < end)
        {
            await engine.WriteAsync([new SqlWrite(DeleteOld, end)], cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes the answers that speak of any of these requests. Older ones than the requests are not looked at.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    /// <exception cref="UnavailableException">It is not known whether they were deleted.</exception>
    public async Task ForgetAsync(IReadOnlyCollection<RequestId> requests, Instant since, CancellationToken cancellation)
    {
        byte[][] names = [.. requests.Select(Erasures.NameIn)];
        (long At, byte[] Id) place = ((since - LongestCall).UnixMilliseconds, []);
        while (true)
        {
            List<(byte[] Id, long At, byte[] Body)> page = await ReadBodiesAsync(place.At, place.Id, cancellation).ConfigureAwait(false);
            if (page.Count == 0)
            {
                return;
            }

            place = (page[^1].At, page[^1].Id);
            ImmutableArray<SqlWrite> deletes =
            [
                .. page.Where(answer => names.Any(name => answer.Body.AsSpan().IndexOf(name) >= 0)).Select(answer => new SqlWrite(DeleteOne, answer.Id)),
            ];
            if (!deletes.IsEmpty)
            {
                await engine.WriteAsync(deletes, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<List<(byte[] Id, long At, byte[] Body)>> ReadBodiesAsync(long at, byte[] id, CancellationToken cancellation)
    {
        try
        {
            DbConnection connection = await store.Data.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using ConfiguredAsyncDisposable closing = connection.ConfigureAwait(false);
            using DbCommand command = connection.CreateCommand();
            command.CommandText = SelectBodies;
            AddParameter(command, "@p1", at);
            AddParameter(command, "@p2", id);
            using DbDataReader rows = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            List<(byte[] Id, long At, byte[] Body)> page = [];
            while (await rows.ReadAsync(cancellation).ConfigureAwait(false))
            {
                page.Add(((byte[])rows[0], rows.GetInt64(1), (byte[])rows[2]));
            }

            return page;
        }
        catch (DbException fault)
        {
            throw new StoreException("The kept answers cannot be read.", fault);
        }
    }

    private static void AddParameter(DbCommand command, string name, object value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    private async ValueTask<Claim> FindAsync(Operation operation, byte[] request, CancellationToken cancellation)
    {
        Instant now = Now;
        if (_recent.MayHold(operation.Seed.Span, now.UnixMilliseconds) && await ReadAsync(operation, cancellation).ConfigureAwait(false) is { } row)
        {
            if (!row.Request.AsSpan().SequenceEqual(request))
            {
                return new Claim(ClaimOutcome.Reused);
            }

            return row.Answer is { } answer ? new Claim(ClaimOutcome.Answered, answer) : new Claim(ClaimOutcome.Granted, At: row.At);
        }

        _recent.Add(operation.Seed.Span, now.UnixMilliseconds);

        // Not awaited: it reaches the store before the command that follows, or neither does.
        _ = ObserveAsync(engine.WriteAsync([new SqlWrite(InsertClaim, operation.Seed.ToArray(), request, now.UnixMilliseconds)], CancellationToken.None));
        return new Claim(ClaimOutcome.Granted, At: now);
    }

    private async ValueTask<(byte[] Request, Instant At, KeptAnswer? Answer)?> ReadAsync(Operation operation, CancellationToken cancellation)
    {
        try
        {
            DbConnection connection = await store.Data.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using ConfiguredAsyncDisposable closing = connection.ConfigureAwait(false);
            using DbCommand command = connection.CreateCommand();
            command.CommandText = Select;
            AddParameter(command, "@p1", operation.Seed.ToArray());
            using DbDataReader rows = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            if (!await rows.ReadAsync(cancellation).ConfigureAwait(false) || rows.GetInt64(1) < (Now - options.AnswersKept).UnixMilliseconds)
            {
                return null;
            }

            return ((byte[])rows[0], new Instant(rows.GetInt64(1)), rows.IsDBNull(2) ? null : new KeptAnswer((int)rows.GetInt64(2), rows.GetString(3), (byte[])rows[4]));
        }
        catch (DbException fault)
        {
            throw new StoreException("The kept answers cannot be read.", fault);
        }
    }

    private async ValueTask<long> ReadOldestAsync(CancellationToken cancellation)
    {
        try
        {
            DbConnection connection = await store.Data.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using ConfiguredAsyncDisposable closing = connection.ConfigureAwait(false);
            using DbCommand command = connection.CreateCommand();
            command.CommandText = SelectOldest;
            return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is long at ? at : long.MaxValue;
        }
        catch (DbException fault)
        {
            throw new StoreException("The kept answers cannot be read.", fault);
        }
    }

    private static async Task ObserveAsync(ValueTask claim)
    {
        try
        {
            await claim.ConfigureAwait(false);
        }
        catch (UnavailableException)
        {
            // The command that follows meets the same and says so.
        }
    }

    private static async ValueTask<bool> EndsWithinAsync(Task first, TimeSpan wait, CancellationToken cancellation)
    {
        try
        {
            await first.WaitAsync(wait, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
