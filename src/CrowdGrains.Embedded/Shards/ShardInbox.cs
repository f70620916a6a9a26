using System.Collections.Concurrent;
using CrowdGrains.Embedded.Calls;
using CrowdGrains.Hosting.Engines;

namespace CrowdGrains.Embedded.Shards;

/// <summary>
/// The two queues in front of a shard: calls from outside, which are refused when there are too many, and mail from other threads of
/// the engine, which never is. The shard sleeps on it when there is nothing to do.
/// </summary>
internal sealed class ShardInbox
{
    private readonly BoundedQueue<Envelope> _outside;
    private readonly ConcurrentQueue<Mail> _mail = new();
    private readonly Sleeper _sleeper = new();

    private readonly Func<bool> _isEmpty;

    private readonly int _maxReports;
    private int _reports;
    private volatile bool _isClosed;

    public ShardInbox(int capacity, int maxReports)
    {
        _maxReports = maxReports;
        _outside = new BoundedQueue<Envelope>(capacity);
        _isEmpty = () => IsEmpty;
    }

    /// <summary>A batch of reports would be taken now.</summary>
    public bool HasRoomForReports => Volatile.Read(ref _reports) < _maxReports && !_outside.IsFull;

    public int OutsideCount => _outside.Count;

    public bool IsEmpty => _mail.IsEmpty && _outside.Count == 0;

    /// <summary>By any thread: false when the queue is full.</summary>
    public bool TryPost(in Envelope envelope)
    {
        if (!_outside.TryEnqueue(envelope))
        {
            return false;
        }

        // The fence of the waking is between the two: either the call is seen by who closes, or the closing here.
        Wake();
        if (_isClosed)
        {
            (envelope.Content as Call)?.Fail(new UnavailableException(UnavailableReason.Stopping, TimeSpan.FromSeconds(1)));
        }

        return true;
    }

    /// <summary>By any thread: false when too many reports wait.</summary>
    public bool TryPost(ReportBatch batch)
    {
        if (HasRoomForReports && TryPost(new Envelope(default, batch)))
        {
            Interlocked.Add(ref _reports, batch.Count);
            return true;
        }

        return false;
    }

    /// <summary>By any thread of the engine.</summary>
    public void Post(Mail mail)
    {
        _mail.Enqueue(mail);
        Wake();
    }

    public bool TryTakeOutside(out Envelope envelope)
    {
        if (!_outside.TryDequeue(out envelope))
        {
            return false;
        }

        if (envelope.Content is ReportBatch batch)
        {
            Interlocked.Add(ref _reports, -batch.Count);
        }

        return true;
    }

    public bool TryTakeMail([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Mail? mail) => _mail.TryDequeue(out mail);

    /// <summary>By the reader, before it takes what is left for the last time: calls that come later fail by themselves.</summary>
    public void Close()
    {
        _isClosed = true;
        Interlocked.MemoryBarrier();
    }

    /// <summary>Sleeps until something comes, or for a while.</summary>
    public void Wait(TimeSpan atMost) => _sleeper.Sleep(_isEmpty, atMost);

    public void Wake() => _sleeper.Wake();
}
