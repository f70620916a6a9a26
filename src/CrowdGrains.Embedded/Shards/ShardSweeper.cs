using CrowdGrains.Core.Cells;
using CrowdGrains.Embedded.Calls;
using CrowdGrains.Hosting.Engines;

namespace CrowdGrains.Embedded.Shards;

/// <summary>Takes idle grains out of memory, a few in every round, and ends the waiting for answers that do not come.</summary>
internal sealed class ShardSweeper(Shard shard, ShardCommits commits, TimeSpan idleAfter)
{
    /// <summary>How many grains one round looks at.</summary>
    private const int Slice = 16;

    private readonly Queue<Call> _deadlines = new();
    private int _at;

    /// <summary>Whatever becomes of the call: it is parked, held back, or lost on the way.</summary>
    public void Watch(Call call) => _deadlines.Enqueue(call);

    public void FailOverdue()
    {
        while (_deadlines.TryPeek(out Call? call) && (call.IsDone || call.Deadline <= shard.Now.UnixMilliseconds))
        {
            _deadlines.Dequeue();
            if (!call.IsDone)
            {
                call.Fail(new UnavailableException(UnavailableReason.Overloaded, TimeSpan.FromSeconds(1)));
            }
        }
    }

    public void ReleaseIdle()
    {
        long idleSince = (shard.Now - idleAfter).UnixMilliseconds;
        for (int i = Math.Min(Slice, shard.Grains.Count); i > 0; i--)
        {
            _at = _at + 1 < shard.Grains.Count ? _at + 1 : 0;
            Look(shard.Grains[_at], idleSince);
        }
    }

    /// <summary>The shard ends: nobody will be answered any more.</summary>
    public void FailAll()
    {
        UnavailableException reason = new(UnavailableReason.Stopping, TimeSpan.FromSeconds(1));
        while (_deadlines.TryDequeue(out Call? call))
        {
            call.Fail(reason);
        }
    }

    private void Look(Activation grain, long idleSince)
    {
        grain.ForgetAnswered();
        bool isIdle = grain is { State: not null and not CellState { IsEmpty: false }, Waiting: null }
            && grain.TouchedAt < idleSince
            && !commits.IsPending(grain);
        if (isIdle)
        {
            shard.Release(grain);
        }
    }
}
