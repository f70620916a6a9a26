using System.Collections.Immutable;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>The sums of duty, and from when on they are not written. Not thread-safe.</summary>
internal sealed class DutyBook(HelperDirectory helpers)
{
    private readonly DutySums _sums = new();

    /// <summary>The sums from then on are to be written; null when all are.</summary>
    public Instant? UnwrittenSince { get; private set; }

    public void Restore(Action<DutySums> restore) => restore(_sums);

    public DutySums CopySince(Instant since) => _sums.CopySince(since);

    public void ForgetBefore(Instant at) => _sums.ForgetBefore(at);

    /// <summary>A helper that is in the directory is another from a time on; it has as many jobs as before.</summary>
    public void Change(HelperId helper, Func<HelperEntry, HelperEntry> change, int jobs, Instant at)
    {
        helpers.TryGet(helper, out HelperEntry before);
        HelperEntry after = change(before);
        MarkUnwritten(at);
        before.Duty(jobs).MoveTo(after.Duty(jobs), _sums, at);
        helpers.Change(helper, after);
    }

    /// <summary>A helper that is in the directory has more or fewer jobs from a time on.</summary>
    public void ChangeJobs(HelperId helper, int before, int after, Instant at)
    {
        if (before != after && helpers.TryGet(helper, out HelperEntry entry))
        {
            MarkUnwritten(at);
            entry.Duty(before).MoveTo(entry.Duty(after), _sums, at);
        }
    }

    /// <summary>Adds what is not written; from now on it counts as written.</summary>
    public Instant? TakeWrites(ImmutableArray<SqlWrite>.Builder writes)
    {
        Instant? since = UnwrittenSince;
        if (since is { } first)
        {
            DutyRow.AddWrites(_sums, first, writes);
        }

        UnwrittenSince = null;
        return since;
    }

    /// <summary>The sums change from then on, or from where they stood if that is before.</summary>
    public void MarkUnwritten(Instant at)
    {
        Instant since = _sums.Until == Instant.Never ? at : Instant.Earlier(at, _sums.Until);
        UnwrittenSince = UnwrittenSince is { } known ? Instant.Earlier(known, since) : since;
    }
}
