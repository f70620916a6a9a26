using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using CrowdGrains.Core.Turns;
using CrowdGrains.Embedded.Calls;
using CrowdGrains.Embedded.Shards;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Embedded.Commits;

/// <summary>
/// The one thread that writes. It takes whatever the shards have posted, writes it in one transaction, publishes the events, and
/// gives the batches back so that their effects may leave. While it writes, the next batches grow: under load one fsync serves many turns.
/// When the store fails, the batches are lost and their shards pause, those too that are posted meanwhile; the store is tried until it
/// takes a write, and the shards go on.
/// </summary>
internal sealed class Committer
{
    private static readonly SqlWrite Probe = new("INSERT INTO probe (id, at) VALUES (1, @p1) ON CONFLICT (id) DO UPDATE SET at = excluded.at", 0L);

    /// <summary>So many durable turns make a transaction long enough.</summary>
    private const int MaxTurns = 4096;

    private readonly EmbeddedEngine _engine;
    private readonly IExclusiveStore _store;
    private readonly EventFeed _feed;
    private readonly EmbeddedOptions _options;
    private readonly ConcurrentQueue<object> _posted = new();
    private readonly List<CommitBatch> _batches = [];
    private readonly List<SideWrite> _sideWrites = [];
    private readonly StoreBatch _transaction = new();
    private readonly List<LoggedEvent> _events = [];
    private readonly Dictionary<Shard, long> _lostEpochs = [];
    private readonly Sleeper _sleeper = new();
    private readonly Func<bool> _isIdle;
    private readonly Thread _thread;
    private volatile bool _isStopping;
    private volatile bool _hasEnded;
    private int _sideWritesWaiting;
    private long _transactions;
    private long _written;

    public Committer(EmbeddedEngine engine, IExclusiveStore store, EventFeed feed, EmbeddedOptions options)
    {
        _engine = engine;
        _store = store;
        _feed = feed;
        _options = options;
        _isIdle = () => _posted.IsEmpty && !_isStopping;
        _thread = new Thread(Run) { Name = "committer", IsBackground = true };
    }

    public long Transactions => Volatile.Read(ref _written);

    public void Start() => _thread.Start();

    /// <summary>Writes what was posted before, and ends the thread. Safe to call twice.</summary>
    public void Stop()
    {
        _isStopping = true;
        _sleeper.Wake();
        _thread.Join();
    }

    public void Post(CommitBatch batch) => Enqueue(batch);

    /// <summary>False when too many wait.</summary>
    public bool TryPost(SideWrite write)
    {
        if (Interlocked.Increment(ref _sideWritesWaiting) > _options.MaxSideWrites)
        {
            Interlocked.Decrement(ref _sideWritesWaiting);
            return false;
        }

        Enqueue(write);
        if (_hasEnded)
        {
            write.Fail(Stopping());
        }

        return true;
    }

    private void Enqueue(object posted)
    {
        _posted.Enqueue(posted);
        _sleeper.Wake();
    }

    private void Run()
    {
        while (true)
        {
            Gather();
            if (_batches.Count + _sideWrites.Count > 0)
            {
                WriteAll();
            }
            else if (_isStopping)
            {
                End();
                return;
            }
            else
            {
                _sleeper.Sleep(_isIdle, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Gather()
    {
        Begin();
        int turns = 0;
        while (turns < MaxTurns && TryTake(out object? posted))
        {
            turns += (posted as CommitBatch)?.Turns + 1 ?? 1;
            Add(posted);
        }
    }

    private bool TryTake([NotNullWhen(true)] out object? posted)
    {
        bool isTaken = _posted.TryDequeue(out posted);
        if (posted is SideWrite)
        {
            Interlocked.Decrement(ref _sideWritesWaiting);
        }

        return isTaken;
    }

    private void Begin()
    {
        _transaction.Clear();
        _batches.Clear();
        _sideWrites.Clear();
        _events.Clear();
        _transactions++;
    }

    private void Add(object posted)
    {
        if (posted is SideWrite side)
        {
            _sideWrites.Add(side);
            _transaction.Writes.AddRange(side.Writes);
        }
        else if (posted is CommitBatch batch)
        {
            if (_lostEpochs.TryGetValue(batch.Shard, out long lost) && batch.Epoch <= lost)
            {
                Lose(batch);
            }
            else
            {
                _batches.Add(batch);
                Add(batch);
            }
        }
    }

    private void Add(CommitBatch batch)
    {
        for (int i = 0; i < batch.GrainCount; i++)
        {
            Activation grain = batch.GrainAt(i);
            if (grain.Transaction == _transactions)
            {
                _transaction.Grains[grain.TransactionSlot] = batch.RowAt(i);
            }
            else
            {
                grain.Transaction = _transactions;
                grain.TransactionSlot = _transaction.Grains.Count;
                _transaction.Grains.Add(batch.RowAt(i));
            }
        }

        long last = _feed.LastSequence;
        foreach ((EventRow row, GrainEvent happened) in batch.Events)
        {
            LoggedEvent numbered = new(row with { Sequence = last + _events.Count + 1 }, happened);
            _events.Add(numbered);
            _transaction.Events.Add(numbered.Row);
        }
    }

    private void WriteAll()
    {
        if (TryWrite() is { } failed)
        {
            object[] parts = [.. _sideWrites, .. _batches];
            if (failed.IsRejection && parts.Length > 1)
            {
                WriteEach(parts);
            }
            else
            {
                Fail(parts, failed);
            }
        }
    }

    /// <summary>When the batch itself is at fault, one of those in it is: each is tried alone, so that the others do not suffer.</summary>
    private void WriteEach(object[] parts)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            Begin();
            Add(parts[i]);
            if (TryWrite() is { } failed)
            {
                Fail(failed.IsRejection ? [parts[i]] : parts[i..], failed);
                if (!failed.IsRejection)
                {
                    return;
                }
            }
        }
    }

    private StoreException? TryWrite()
    {
        try
        {
            if (!_transaction.IsEmpty)
            {
                long begun = _engine.Instruments.BeginWrite();
                _store.Write(_transaction);
                _engine.Instruments.Written(begun, _transaction.Grains.Count);
                _written++;
            }
        }
        catch (StoreException failed)
        {
            _engine.Instruments.WriteFailed(failed.IsRejection);
            return failed;
        }

        Finish();
        return null;
    }

    private void Finish()
    {
        Publish(CollectionsMarshal.AsSpan(_events));
        foreach (SideWrite side in _sideWrites)
        {
            side.Complete();
        }

        foreach (CommitBatch batch in _batches)
        {
            batch.Shard.Post(new Committed(batch));
        }
    }

    private void Publish(ReadOnlySpan<LoggedEvent> events)
    {
        _feed.Publish(events);
        _engine.Dispatch.Take(events);
    }

    private void Fail(object[] parts, StoreException failed)
    {
        if (failed.IsRejection)
        {
            // The store is well: what it does not take costs those alone who wanted it.
            _engine.WriteRefused(failed);
            foreach (CommitBatch batch in parts.OfType<CommitBatch>())
            {
                batch.IsRefused = true;
            }

            Lose(parts);
        }
        else
        {
            _engine.StoreFailed(failed);
            Lose(parts);
            AwaitStore();
        }
    }

    /// <summary>
    /// Until the store takes a write. What is posted meanwhile is lost at once: its shard must pause rather than pile up turns that cannot
    /// be written, and nobody should wait for an outage to end.
    /// </summary>
    private void AwaitStore()
    {
        while (!_isStopping && !IsBack())
        {
            long retryAt = Environment.TickCount64 + (long)_options.StoreRetryAfter.TotalMilliseconds;
            for (long left = retryAt - Environment.TickCount64; left > 0 && !_isStopping; left = retryAt - Environment.TickCount64)
            {
                _sleeper.Sleep(_isIdle, TimeSpan.FromMilliseconds(left));
                LosePosted(Unavailable());
            }
        }
    }

    private void LosePosted(UnavailableException reason)
    {
        while (TryTake(out object? posted))
        {
            Lose(posted, reason);
        }
    }

    /// <summary>Nothing more is written. A write that slips in from here on is failed by who posts it.</summary>
    private void End()
    {
        _hasEnded = true;
        Interlocked.MemoryBarrier();
        LosePosted(Stopping());
    }

    private void Lose(object[] parts)
    {
        UnavailableException reason = Unavailable();
        foreach (object part in parts)
        {
            Lose(part, reason);
        }
    }

    private void Lose(object posted, UnavailableException reason)
    {
        if (posted is SideWrite side)
        {
            side.Fail(reason);
        }
        else if (posted is CommitBatch batch)
        {
            Lose(batch);
        }
    }

    private void Lose(CommitBatch batch)
    {
        _lostEpochs[batch.Shard] = Math.Max(batch.Epoch, _lostEpochs.GetValueOrDefault(batch.Shard));
        batch.IsLost = true;
        batch.Shard.Post(new Committed(batch));
    }

    /// <summary>The store takes a write again. What it kept of the write that seemed to fail is published late rather than never.</summary>
    private bool IsBack()
    {
        try
        {
            StoreBatch probe = new();
            probe.Writes.Add(Probe);
            _store.Write(probe);
            while (_store.ReadLastSequence() > _feed.LastSequence)
            {
                Publish([.. _store.ReadEvents(_feed.LastSequence, 1000).Select(row => new LoggedEvent(row))]);
            }
        }
        catch (StoreException)
        {
            return false;
        }

        _engine.StoreIsBack();
        return true;
    }

    private static UnavailableException Unavailable() => new(UnavailableReason.StoreUnavailable, TimeSpan.FromSeconds(1));

    private static UnavailableException Stopping() => new(UnavailableReason.Stopping, TimeSpan.FromSeconds(1));
}
