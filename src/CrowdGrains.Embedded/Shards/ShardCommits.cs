using CrowdGrains.Core.Turns;
using CrowdGrains.Embedded.Commits;
using CrowdGrains.Hosting.Engines;

namespace CrowdGrains.Embedded.Shards;

/// <summary>
/// What of a shard's turns is not durable yet. Turns gather in one batch while at most two others are with the committer, so that the
/// batch grows with the load. When a batch is lost, every grain with a turn in it or after it is dropped: its record is the truth.
/// </summary>
internal sealed class ShardCommits
{
    private const int MaxInFlight = 2;

    private readonly Shard _shard;
    private readonly EmbeddedEngine _engine;
    private readonly ShardRecords _records;
    private readonly ShardPost _post;
    private readonly Queue<CommitBatch> _inFlight = new();
    private readonly Stack<CommitBatch> _spare = new();
    private CommitBatch _current;
    private long _numbered = 1;
    private long _done;
    private long _epoch = 1;

    public ShardCommits(Shard shard, EmbeddedEngine engine, ShardRecords records, ShardPost post)
    {
        _shard = shard;
        _engine = engine;
        _records = records;
        _post = post;
        _current = NewBatch();
    }

    public bool IsIdle => _inFlight.Count == 0 && _current.IsEmpty;

    /// <summary>How many durable turns wait.</summary>
    public int Uncommitted { get; private set; }

    /// <summary>The grain has taken turns that are not durable yet.</summary>
    public bool IsPending(Activation grain) => grain.WrittenIn > _done;

    public void Write(Activation grain, GrainState state, Turn turn, string actor)
    {
        _current.Add(grain, state, turn, actor);
        Uncommitted++;
    }

    /// <summary>Keeps something back until everything before it is durable.</summary>
    public void Hold(in Release release) => _current.Releases.Add(release);

    public void Post()
    {
        if (!_current.IsEmpty && _inFlight.Count < MaxInFlight)
        {
            _inFlight.Enqueue(_current);
            _engine.Commit(_current);
            _current = NewBatch();
        }
    }

    public void Take(CommitBatch batch)
    {
        if (batch.Epoch < _epoch)
        {
            _spare.Push(batch);
            return;
        }

        _inFlight.Dequeue();
        _done = batch.Number;
        Uncommitted -= batch.Turns;
        if (batch.IsLost)
        {
            LoseEverything(batch);
        }
        else
        {
            foreach (Release release in batch.Releases)
            {
                _post.Perform(release);
            }
        }

        _spare.Push(batch);
    }

    /// <summary>What comes after a lost batch rests on it: lost too. The committer refuses the rest of the epoch.</summary>
    private void LoseEverything(CommitBatch first)
    {
        UnavailableException reason = new(UnavailableReason.StoreUnavailable, TimeSpan.FromSeconds(1));
        _epoch++;
        Lose(first, reason);
        foreach (CommitBatch later in _inFlight)
        {
            Lose(later, reason);
        }

        Lose(_current, reason);
        _inFlight.Clear();
        Uncommitted = 0;
        _done = _numbered;
        _spare.Push(_current);
        _current = NewBatch();
        if (first.IsRefused)
        {
            _records.LoadDropped();
        }
        else
        {
            _shard.Pause();
        }
    }

    private void Lose(CommitBatch batch, Exception reason)
    {
        foreach (Release release in batch.Releases)
        {
            // The grain need not be in the batch: the answer may rest on one before that was written.
            release.Read?.Fail(reason);
            if (release is { Read: null, Effect.Kind: EffectKind.Reply })
            {
                release.Grain.Fail(release.Effect.Operation, reason);
            }
        }

        for (int i = 0; i < batch.GrainCount; i++)
        {
            Activation grain = batch.GrainAt(i);
            _records.Remember(grain.Id);
            _shard.Drop(grain, reason);
        }
    }

    private CommitBatch NewBatch()
    {
        if (!_spare.TryPop(out CommitBatch? batch))
        {
            batch = new CommitBatch(_shard);
        }

        batch.Begin(++_numbered, _epoch);
        return batch;
    }
}
