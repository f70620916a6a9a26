using System.Collections.Concurrent;
using System.Collections.Immutable;
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
    /// <summary>An answer has the time of its claim, which is before what it speaks of.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(5);

    /// <summary>For so long after an erasure no other process keeps an answer that names it: longer than a call takes that read it before.</summary>
    private static readonly TimeSpan ErasureKept = LongestCall + LongestCall;

    private readonly AnswerTable _table = new(store);
    private readonly ErasureTable _erasures = new(store);
    private readonly ConcurrentDictionary<OperationId, TaskCompletionSource> _underWay = new();
    private readonly RecentClaims _recent = new(options.AnswersKept);

    /// <summary>Whose answers are not kept for now, by this process.</summary>
    public Erasures UnderErasure { get; } = new();

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
    public ValueTask KeepAsync(Operation operation, byte[] request, Instant claimedAt, KeptAnswer answer)
    {
        byte[] id = operation.Seed.ToArray();
        if (UnderErasure.Concern(answer.Body))
        {
            return engine.WriteAsync([AnswerTable.Forget(id)]);
        }

        return options.IsOnlyServer
            ? engine.WriteAsync([AnswerTable.Keep(id, request, claimedAt, answer)])
            : engine.WriteAsync([ErasureTable.Share, AnswerTable.KeepUnlessErased(id, request, claimedAt, answer, Now)]);
    }

    /// <summary>From now on, until the erasure is disposed of, no answer that names any of these requests is kept, by no process over the store.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    /// <exception cref="UnavailableException">It does not take it.</exception>
    public async ValueTask<IDisposable> BeginErasureAsync(IReadOnlyList<RequestId> requests, CancellationToken cancellation)
    {
        IDisposable erasure = UnderErasure.Begin(requests);
        try
        {
            if (!options.IsOnlyServer)
            {
                await engine.WriteAsync(ErasureTable.Enter(requests.Select(Erasures.NameIn), Now + ErasureKept), cancellation).ConfigureAwait(false);
                await _erasures.AwaitSharesAsync(cancellation).ConfigureAwait(false);
            }

            return erasure;
        }
        catch
        {
            erasure.Dispose();
            throw;
        }
    }

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

        await _table.ReadClaimsAsync(Now - options.AnswersKept, (id, at) => _recent.Add(id, at), cancellation).ConfigureAwait(false);
        _recent.Complete();
    }

    /// <summary>Deletes what is too old, in small steps so that no commit takes long.</summary>
    /// <exception cref="StoreException">The store does not answer.</exception>
    /// <exception cref="UnavailableException">Nothing more can be deleted now.</exception>
    public async Task SweepAsync(CancellationToken cancellation)
    {
        Instant end = Now - options.AnswersKept;
        while (await _table.FindOldestAsync(cancellation).ConfigureAwait(false) < end)
        {
            await engine.WriteAsync([AnswerTable.ForgetBefore(end)], cancellation).ConfigureAwait(false);
        }

        if (!options.IsOnlyServer)
        {
            await engine.WriteAsync([ErasureTable.ForgetBefore(Now)], cancellation).ConfigureAwait(false);
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
            List<AnswerBody> page = await _table.ReadBodiesAsync(place.At, place.Id, cancellation).ConfigureAwait(false);
            if (page.Count == 0)
            {
                return;
            }

            place = (page[^1].At, page[^1].Id);
            ImmutableArray<SqlWrite> deletes =
            [
                .. page.Where(answer => names.Any(name => answer.Body.AsSpan().IndexOf(name) >= 0)).Select(answer => AnswerTable.Forget(answer.Id)),
            ];
            if (!deletes.IsEmpty)
            {
                await engine.WriteAsync(deletes, cancellation).ConfigureAwait(false);
            }
        }
    }

    private ValueTask<Claim> FindAsync(Operation operation, byte[] request, CancellationToken cancellation) =>
        options.IsOnlyServer ? FindAloneAsync(operation, request, cancellation) : FindAmongManyAsync(operation, request, cancellation);

    private async ValueTask<Claim> FindAloneAsync(Operation operation, byte[] request, CancellationToken cancellation)
    {
        Instant now = Now;
        byte[] id = operation.Seed.ToArray();
        if (_recent.MayHold(id, now.UnixMilliseconds) && await _table.FindAsync(id, cancellation).ConfigureAwait(false) is { } row && row.At >= now - options.AnswersKept)
        {
            return Judge(row, request);
        }

        _recent.Add(id, now.UnixMilliseconds);

        // Not awaited: it reaches the store before the command that follows, or neither does.
        _ = ObserveAsync(engine.WriteAsync([AnswerTable.Claim(id, request, now)], CancellationToken.None));
        return new Claim(ClaimOutcome.Granted, At: now);
    }

    /// <summary>
    /// Another process may be at work on the same: then both are, under the same operation, and the grain answers both alike. What no grain
    /// would know again is the leader's alone to do.
    /// </summary>
    private async ValueTask<Claim> FindAmongManyAsync(Operation operation, byte[] request, CancellationToken cancellation)
    {
        Instant now = Now;
        byte[] id = operation.Seed.ToArray();
        while (!await _table.TryClaimAsync(id, request, now, now - options.AnswersKept, cancellation).ConfigureAwait(false))
        {
            if (await _table.FindAsync(id, cancellation).ConfigureAwait(false) is { } row)
            {
                return Judge(row, request);
            }

            // It was forgotten in between.
        }

        return new Claim(ClaimOutcome.Granted, At: now);
    }

    private static Claim Judge(AnswerRow row, byte[] request)
    {
        if (!row.Request.AsSpan().SequenceEqual(request))
        {
            return new Claim(ClaimOutcome.Reused);
        }

        return row.Answer is { } answer ? new Claim(ClaimOutcome.Answered, answer) : new Claim(ClaimOutcome.Granted, At: row.At);
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
