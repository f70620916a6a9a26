using System.Data.Common;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.Tests.Events;

/// <summary>A store that is only the event log, kept in memory. Appending comes before publishing, as an engine does it.</summary>
internal sealed class MemoryLog : IStore
{
    private readonly Lock _lock = new();
    private readonly List<EventRow> _rows = [];
    private int _reads;

    public MemoryLog(int events = 0) => Append(events);

    /// <summary>How often the log was asked for events.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Called at each reading, before it is answered.</summary>
    public Action Reading { get; set; } = () => { };

    public DbDataSource Data => throw new NotSupportedException();

    /// <summary>The next events, written and not published.</summary>
    public LoggedEvent[] Append(int count)
    {
        lock (_lock)
        {
            LoggedEvent[] appended = new LoggedEvent[count];
            for (int i = 0; i < count; i++)
            {
                HelperId helper = HelperId.From("h1");
                HelperWentStale happened = new(helper);
                EventRow row = new(_rows.Count + 1, new Instant(_rows.Count), helper, _rows.Count + 1, null, happened.Type, "", "{}"u8.ToArray());
                _rows.Add(row);
                appended[i] = new LoggedEvent(row, happened);
            }

            return appended;
        }
    }

    /// <summary>The first events are lost.</summary>
    public void Lose(int count)
    {
        lock (_lock)
        {
            for (int i = 0; i < count; i++)
            {
                _rows[i] = default;
            }
        }
    }

    public long ReadLastSequence()
    {
        lock (_lock)
        {
            return _rows.Count;
        }
    }

    public IReadOnlyList<EventRow> ReadEvents(long after, int limit)
    {
        Interlocked.Increment(ref _reads);
        Reading();
        lock (_lock)
        {
            return [.. _rows.Skip((int)after).Where(row => row.Sequence > 0).Take(limit)];
        }
    }

    public IReadOnlyList<EventRow> ReadTimeline(RequestId request, long after, int limit) => throw new NotSupportedException();

    public void Write(StoreBatch batch) => throw new NotSupportedException();

    public IReadOnlyList<GrainRow> Load(IReadOnlyCollection<GrainId> grains) => throw new NotSupportedException();

    public IEnumerable<(GrainId Grain, Instant Due)> ReadDues() => throw new NotSupportedException();

    public void BackUp(string path) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
