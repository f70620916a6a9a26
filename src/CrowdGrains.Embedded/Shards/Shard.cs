using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;
using CrowdGrains.Embedded.Calls;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;

namespace CrowdGrains.Embedded.Shards;

/// <summary>
/// One thread and the grains that live on it. What comes from outside waits in a bounded queue and is let in only while there is
/// little on hand; messages between grains are never refused. A turn's effects leave at once when nothing durable has moved, and
/// otherwise with the batch that the committer brings back. Nothing here is locked: other threads only put into the inbox.
/// </summary>
internal sealed class Shard
{
    /// <summary>How much of each kind of work one round of the loop does at most.</summary>
    private const int Slice = 256;

    /// <summary>So many position reports weigh as much as one other call.</summary>
    private const int ReportsPerCall = 8;

    /// <summary>How late a timer may be when nothing else happens.</summary>
    private static readonly TimeSpan IdleWait = TimeSpan.FromMilliseconds(4);

    private readonly EmbeddedEngine _engine;
    private readonly EmbeddedOptions _options;
    private readonly ShardInbox _inbox;
    private readonly ShardPost _post;
    private readonly ShardTimers _timers;
    private readonly ShardRecords _records;
    private readonly ShardCommits _commits;
    private readonly ShardSweeper _sweeper;
    private readonly ShardTurns _turns;
    private readonly Thread _thread;
    private volatile bool _isStopping;
    private bool _isPaused;
    private int _onHand;

    public Shard(EmbeddedEngine engine, int number, DispatchRules rules, EmbeddedOptions options)
    {
        _engine = engine;
        _options = options;
        Now = Instant.FromDateTimeOffset(engine.Clock.GetUtcNow());
        _inbox = new ShardInbox(options.QueueCapacity, options.MaxWaitingReports);
        _post = new ShardPost(this, engine, number, options.Shards);
        _timers = new ShardTimers(Now, rules.Options.PresenceLease);
        _records = new ShardRecords(this, engine, _timers);
        _commits = new ShardCommits(this, engine, _records, _post);
        _sweeper = new ShardSweeper(this, _commits, options.IdleAfter);
        _turns = new ShardTurns(this, engine, rules, _post, _timers, _records, _commits);
        _thread = new Thread(Run) { Name = $"shard {number}", IsBackground = true };
    }

    public ShardCounters Counters { get; } = new();

    public ActivationTable Grains { get; } = new();

    /// <summary>The time of the round. Never goes back, whatever the clock does.</summary>
    public Instant Now { get; private set; }

    /// <summary>How many calls wait from outside.</summary>
    public int OutsideCount => _inbox.OutsideCount;

    public bool HasRoomForReports => _inbox.HasRoomForReports;

    /// <summary>How much waits between grains, for records or to be written, as of the last round.</summary>
    public int OnHand => Volatile.Read(ref _onHand);

    public void Start() => _thread.Start();

    /// <summary>Lets nothing more in, finishes what is on hand, and ends the thread. Safe to call twice.</summary>
    public void Stop()
    {
        _isStopping = true;
        _inbox.Wake();
        _thread.Join();
    }

    /// <summary>By any thread: false when the queue is full.</summary>
    public bool TryPost(in Envelope envelope) => _inbox.TryPost(envelope);

    /// <summary>By any thread: false when too many reports wait.</summary>
    public bool TryPost(ReportBatch batch) => _inbox.TryPost(batch);

    /// <summary>By any thread of the engine.</summary>
    public void Post(Mail mail) => _inbox.Post(mail);

    /// <summary>Brings an envelope to its grain: runs the turn, or parks it until the record is there.</summary>
    public void Deliver(in Envelope envelope)
    {
        if (!Grains.TryFind(envelope.To, out Activation? grain))
        {
            grain = new Activation(envelope.To);
            Grains.Add(grain);
            if (envelope.To.Kind == GrainKind.Cell)
            {
                grain.State = GrainState.New(envelope.To);
            }
            else
            {
                _records.Ask(grain);
            }
        }

        if (grain.State is { } state)
        {
            _turns.Handle(grain, state, envelope.Content);
        }
        else
        {
            grain.TouchedAt = Now.UnixMilliseconds;
            _records.Park(grain, envelope);
        }
    }

    /// <summary>The grain leaves memory in good order; its earliest timer will bring it back.</summary>
    public void Release(Activation grain)
    {
        grain.NextDue = grain.State?.Timers.Earliest ?? Instant.Never;
        grain.State = null;
        Grains.Remove(grain);
    }

    /// <summary>Ids that name nothing must not fill the memory.</summary>
    public void RemoveIfUnknown(Activation grain)
    {
        if (grain is { Id.Kind: not GrainKind.Cell, State.Version: 0, Waiting: null } && !_commits.IsPending(grain))
        {
            Release(grain);
        }
    }

    /// <summary>Forgets what is in memory of a grain in doubt; the next message loads the record.</summary>
    public void Drop(Activation grain, Exception reason)
    {
        grain.FailWaiting(reason);
        grain.State = null;
        if (grain.Position >= 0 && grain.Parked is null)
        {
            Grains.Remove(grain);
        }
    }

    /// <summary>The store does not take writes: nothing is let in and no grain moves until it does.</summary>
    public void Pause() => _isPaused = true;

    private void Run()
    {
        while (true)
        {
            Now = Instant.Later(Now, Instant.FromDateTimeOffset(_engine.Clock.GetUtcNow()));
            bool worked = TakeMail();
            if (_isPaused || _isStopping)
            {
                worked |= RefuseOutside();
            }

            if (!_isPaused)
            {
                worked |= !_isStopping && _timers.Fire(Now, _turns, _records, Slice);
                worked |= TakeLocal();
                worked |= !_isStopping && TakeOutside();
                _sweeper.ReleaseIdle();
            }

            _sweeper.FailOverdue();
            worked |= _post.SendAll();
            _records.Send();
            _commits.Post();
            Volatile.Write(ref _onHand, _post.Count + _records.Waiting + _commits.Uncommitted);
            if (worked)
            {
                continue;
            }

            if (_isStopping && (_isPaused || _commits.IsIdle) && _inbox.IsEmpty)
            {
                Close();
                return;
            }

            _inbox.Wait(IdleWait);
        }
    }

    /// <summary>Whoever still waits, or comes now, is told so.</summary>
    private void Close()
    {
        _inbox.Close();
        SpinWait spin = default;
        while (RefuseOutside() || _inbox.OutsideCount > 0)
        {
            // A call is being put in.
            spin.SpinOnce();
        }

        _sweeper.FailAll();
    }

    private bool TakeMail()
    {
        int taken = 0;
        while (taken < Slice && _inbox.TryTakeMail(out Mail? mail))
        {
            taken++;
            switch (mail)
            {
                case FromShard from: _post.Take(from); break;
                case Committed { Batch: var batch }: _commits.Take(batch); break;
                case Loaded loaded: _records.Take(loaded); break;
                case Dues dues: _records.Take(dues); break;
                case Resumed: Resume(); break;
            }
        }

        return taken > 0;
    }

    private void Resume()
    {
        _isPaused = false;
        _timers.GrantLease(Now);
        _records.LoadDropped();
    }

    private bool TakeLocal()
    {
        int taken = 0;
        while (taken < 4 * Slice && _post.TryTake(out Envelope envelope))
        {
            taken++;
            Deliver(envelope);
        }

        return taken > 0;
    }

    private bool TakeOutside()
    {
        int taken = 0;
        while (taken < Slice
            && _post.Count + _records.ParkedCount < _options.MaxBacklog
            && _commits.Uncommitted < _options.MaxUncommitted
            && _inbox.TryTakeOutside(out Envelope envelope))
        {
            taken++;
            switch (envelope.Content)
            {
                case ReportBatch batch:
                    taken += batch.Count / ReportsPerCall;
                    Report(batch);
                    break;
                case ICellsCall call: call.Answer(Cells(call)); break;
                case Call call:
                    _sweeper.Watch(call);
                    Deliver(envelope);
                    break;
            }
        }

        return taken > 0;
    }

    private bool RefuseOutside()
    {
        UnavailableReason reason = _isStopping ? UnavailableReason.Stopping : UnavailableReason.StoreUnavailable;
        bool refused = false;
        while (_inbox.TryTakeOutside(out Envelope envelope))
        {
            refused = true;
            (envelope.Content as Call)?.Fail(new UnavailableException(reason, TimeSpan.FromSeconds(1)));
        }

        return refused;
    }

    private void Report(ReportBatch batch)
    {
        foreach (ref readonly PositionReport report in batch.Reports)
        {
            PositionReported message = new(report.At, report.Position);
            if (Grains.TryFindHelper(report.Helper.Value, out Activation? grain) && grain.State is { } state)
            {
                _turns.Handle(grain, state, message);
            }
            else
            {
                Deliver(new Envelope(report.Helper, message));
            }
        }
    }

    private IEnumerable<CellState> Cells(ICellsCall call)
    {
        foreach (CellIndex cell in call.Cells)
        {
            if (Grains.TryFind(cell, out Activation? grain) && grain.State is CellState state)
            {
                yield return state;
            }
        }
    }
}
