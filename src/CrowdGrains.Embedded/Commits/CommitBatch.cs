using System.Buffers;
using System.Runtime.InteropServices;
using CrowdGrains.Core.Records;
using CrowdGrains.Core.Turns;
using CrowdGrains.Embedded.Shards;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Embedded.Commits;

/// <summary>
/// The turns of one shard that are written together: the last record of each grain, the events, and what may leave afterwards.
/// Filled by the shard, read by the committer, given back to the shard and filled again.
/// </summary>
internal sealed class CommitBatch(Shard shard)
{
    private readonly ArrayBufferWriter<byte> _records = new(64 * 1024);
    private readonly ArrayBufferWriter<byte> _json = new(1024);
    private readonly List<WrittenGrain> _grains = [];
    private readonly List<(EventRow Row, GrainEvent Event)> _events = [];

    public Shard Shard { get; } = shard;

    /// <summary>Counts the batches of the shard, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Counts the losses of the shard: a batch of an epoch in which another was lost must not be written.</summary>
    public long Epoch { get; private set; }

    /// <summary>How many durable turns are in the batch.</summary>
    public int Turns { get; private set; }

    /// <summary>Set by the committer: the write was undone.</summary>
    public bool IsLost { get; set; }

    /// <summary>Set by the committer with <see cref="IsLost"/>: the store is well, it was this batch that it did not take.</summary>
    public bool IsRefused { get; set; }

    public List<Release> Releases { get; } = [];

    public int GrainCount => _grains.Count;

    /// <summary>In the order of the turns; their sequences in the log are not known yet.</summary>
    public ReadOnlySpan<(EventRow Row, GrainEvent Event)> Events => CollectionsMarshal.AsSpan(_events);

    public bool IsEmpty => _grains.Count == 0 && Releases.Count == 0;

    public void Begin(long number, long epoch)
    {
        Number = number;
        Epoch = epoch;
        Turns = 0;
        IsLost = false;
        IsRefused = false;
        _records.ResetWrittenCount();
        _grains.Clear();
        _events.Clear();
        Releases.Clear();
    }

    /// <summary>Adds a durable turn. A grain that is in the batch already is written once, as it is now.</summary>
    public void Add(Activation grain, GrainState state, Turn turn, string actor)
    {
        Turns++;
        int start = _records.WrittenCount;
        GrainRecord.Write(state, _records);
        WrittenGrain written = new(grain, state.Version, start, _records.WrittenCount - start, state.Timers.Earliest);
        if (grain.WrittenIn == Number)
        {
            _grains[grain.WrittenAt] = written;
        }
        else
        {
            grain.WrittenIn = Number;
            grain.WrittenAt = _grains.Count;
            _grains.Add(written);
        }

        foreach (ref readonly Effect effect in turn.Effects)
        {
            if (effect.Kind == EffectKind.Emit)
            {
                _events.Add((EventJson.ToRow(effect, turn.Now, actor, _json), effect.Event));
            }
        }
    }

    public Activation GrainAt(int position) => _grains[position].Grain;

    public GrainRow RowAt(int position)
    {
        WrittenGrain written = _grains[position];
        return new GrainRow(written.Grain.Id, written.Version, _records.WrittenMemory.Slice(written.Start, written.Length), written.Due);
    }

    private readonly record struct WrittenGrain(Activation Grain, long Version, int Start, int Length, Instant? Due);
}
