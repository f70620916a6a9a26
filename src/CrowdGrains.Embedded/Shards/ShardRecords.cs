using CrowdGrains.Core.Records;
using CrowdGrains.Core.Turns;
using CrowdGrains.Embedded.Calls;
using CrowdGrains.Embedded.Commits;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Embedded.Shards;

/// <summary>How grains come into memory: what arrives for one that is absent is parked until the loader brings its record.</summary>
internal sealed class ShardRecords(Shard shard, EmbeddedEngine engine, ShardTimers timers)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly List<GrainId> _dropped = [];
    private List<Activation> _asked = [];

    private int _loading;

    /// <summary>How many envelopes wait for a record.</summary>
    public int ParkedCount { get; private set; }

    /// <summary>How many envelopes wait, and records.</summary>
    public int Waiting => ParkedCount + _loading;

    public void Ask(Activation grain)
    {
        // Once: a second answer could be older than what the grain has become by then.
        if (!grain.IsAsked)
        {
            grain.IsAsked = true;
            _loading++;
            _asked.Add(grain);
        }
    }

    public void Park(Activation grain, in Envelope envelope)
    {
        (grain.Parked ??= []).Add(envelope);
        ParkedCount++;
    }

    /// <summary>Brings a grain into memory because its time has come, unless it is there already.</summary>
    public void Touch(in GrainId id)
    {
        if (!shard.Grains.TryFind(id, out Activation? grain))
        {
            grain = new Activation(id) { TouchedAt = shard.Now.UnixMilliseconds };
            shard.Grains.Add(grain);
        }

        if (id.Kind == GrainKind.Cell)
        {
            grain.State ??= GrainState.New(id);
        }
        else if (grain.State is null)
        {
            Ask(grain);
        }
    }

    /// <summary>
    /// A turn broke: the grain's state is in doubt and is read again, after what it wrote before and not at once, so that a timer
    /// that breaks its turn does not spin.
    /// </summary>
    public void Reload(Activation grain, ShardCommits commits, Exception broken)
    {
        bool isPending = commits.IsPending(grain);
        grain.Parked = isPending ? [] : null;
        shard.Drop(grain, broken);
        if (isPending)
        {
            // Lost with a batch that does not hold the grain itself: its own batch is durable by then, and its record with it.
            commits.Hold(new Release(grain, default, new ReloadCall(() => ReloadNow(grain), () => Remember(grain.Id))));
        }
        else
        {
            timers.Wake(new Activation(grain.Id), shard.Now + RetryAfter);
        }
    }

    private void ReloadNow(Activation grain)
    {
        if (grain.Parked is { Count: 0 })
        {
            grain.Parked = null;
            shard.Drop(grain, new InvalidOperationException("The grain is being loaded again."));
            timers.Wake(new Activation(grain.Id), shard.Now + RetryAfter);
        }
        else
        {
            Ask(grain);
        }
    }

    /// <summary>The grain's timers must be armed again from its record once the store answers.</summary>
    public void Remember(in GrainId dropped) => _dropped.Add(dropped);

    public void LoadDropped()
    {
        foreach (GrainId id in _dropped)
        {
            if (id.Kind != GrainKind.Cell)
            {
                Touch(id);
            }
        }

        _dropped.Clear();
    }

    /// <summary>Asks the loader for the records that are wanted.</summary>
    public void Send()
    {
        if (_asked.Count > 0)
        {
            engine.Load(shard, _asked);
            _asked = [];
        }
    }

    public void Take(Dues dues)
    {
        foreach ((GrainId id, Instant due) in dues.Grains)
        {
            if (!shard.Grains.TryFind(id, out _))
            {
                timers.Wake(new Activation(id), due);
            }
        }
    }

    public void Take(Loaded loaded)
    {
        Dictionary<GrainId, GrainRow> rows = loaded.Rows?.ToDictionary(row => row.Grain) ?? [];
        foreach (Activation grain in loaded.Asked)
        {
            grain.IsAsked = false;
            _loading--;
            if (loaded.Rows is null)
            {
                Fail(grain, new UnavailableException(UnavailableReason.StoreUnavailable, RetryAfter));
                timers.Wake(new Activation(grain.Id), shard.Now + RetryAfter);
            }
            else if (TryRead(grain.Id, rows, out GrainState? state))
            {
                Settle(grain, state);
            }
            else
            {
                Fail(grain, new InvalidOperationException($"The record of {grain.Id} cannot be read."));
            }
        }
    }

    private bool TryRead(in GrainId id, Dictionary<GrainId, GrainRow> rows, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out GrainState? state)
    {
        try
        {
            state = rows.TryGetValue(id, out GrainRow row) ? GrainRecord.Read(id, row.Version, row.State.Span) : GrainState.New(id);
            return true;
        }
        catch (GrainRecordException garbled)
        {
            engine.RecordGarbled(id, garbled);
            state = null;
            return false;
        }
    }

    private void Settle(Activation grain, GrainState state)
    {
        grain.State = state;
        timers.ArmAll(grain, state);
        List<Envelope> parked = grain.Parked ?? [];
        grain.Parked = null;
        ParkedCount -= parked.Count;
        foreach (Envelope envelope in parked)
        {
            shard.Deliver(envelope);
        }

        shard.RemoveIfUnknown(grain);
    }

    private void Fail(Activation grain, Exception reason)
    {
        foreach (Envelope envelope in grain.Parked ?? [])
        {
            ParkedCount--;
            (envelope.Content as Call)?.Fail(reason);
        }

        grain.Parked = null;
        shard.Drop(grain, reason);
    }
}
