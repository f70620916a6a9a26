using CrowdGrains.Cluster.Records;
using CrowdGrains.Cluster.Silos;
using CrowdGrains.Cluster.Timers;
using CrowdGrains.Core.Records;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Cluster.Grains;

/// <summary>
/// A helper or request on a silo: loads its record, runs a turn, writes the record that follows, and only then lets the effects go.
/// One turn at a time. For a moment a grain may live on two silos; then only one of them can write, and the other reads the record again
/// and runs its turn anew. What rests on the record and writes nothing (a refusal, an acknowledgement, a repeated promise) leaves only
/// after a look at the record's version, because the other activation may have moved it on.
/// </summary>
internal abstract class DurableGrain(TurnHost host) : Grain, IMailbox
{
    /// <summary>So often a turn is run anew after another activation has written.</summary>
    private const int MaxAttempts = 5;

    /// <summary>How many callers may wait for a verdict; the oldest give way and hear nothing.</summary>
    private const int MaxWaiting = 32;

    private readonly List<(OperationId Operation, IAnswerReceiver Receiver)> _waiting = [];
    private GrainState? _state;
    private ActivationLife _life = new();

    /// <summary>Who it is, by its key.</summary>
    protected abstract GrainId Id { get; }

    /// <summary>Itself, as others call it.</summary>
    protected abstract IMailbox Self { get; }

    public async Task TellAsync(Message message)
    {
        try
        {
            await RunAsync(message, actor: "");
        }
        catch (UnavailableException)
        {
            // The store's trouble is told where it is noticed. Whoever sent the message sends it again.
        }
        finally
        {
            host.Counters.CountReceived();
        }
    }

    public async Task<CommandResult> AskAsync(Command command, IAnswerReceiver? receiver)
    {
        try
        {
            TurnResult turn = await RunAsync(command, command.Actor);
            if (turn.AnswerTo(command.Operation) is { } answer)
            {
                return CommandResult.Of(answer);
            }

            Await(command.Operation, receiver);
            return new CommandResult(CommandStatus.Pending, null);
        }
        catch (UnavailableException fault)
        {
            return new CommandResult(fault.Reason == UnavailableReason.Overloaded ? CommandStatus.Overloaded : CommandStatus.StoreUnavailable, null);
        }
    }

    public async Task WakeAsync()
    {
        try
        {
            GrainState state = await CurrentAsync();
            TimerKey[] keys = [.. Enumerable.Range(0, state.Timers.Count).Select(i => state.Timers[i]).Where(timer => timer.Due <= host.Clock.Now).Select(timer => timer.Key)];
            foreach (TimerKey key in keys)
            {
                await RunAsync(new TimerFired(key), actor: "");
            }
        }
        catch (UnavailableException)
        {
            // It is woken again.
        }
        finally
        {
            host.Counters.CountReceived();
        }
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        host.Counters.CountActivated(Id.Kind);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        host.Counters.CountDeactivated(Id.Kind);
        Forget();
        return Task.CompletedTask;
    }

    /// <summary>The state as of the last durable turn; null when nothing has happened to the grain.</summary>
    /// <exception cref="OrleansException">The store does not answer. Our own exception would not reach a caller on another silo: it has no codec.</exception>
    protected async Task<GrainState?> FindStateAsync()
    {
        try
        {
            GrainState state = await CurrentAsync();
            LeaveIfUnknown();
            return state.Version == 0 ? null : state;
        }
        catch (UnavailableException)
        {
            throw new OrleansException($"The record of {Id} cannot be read now.");
        }
    }

    /// <summary>The state, after a look that it is the last.</summary>
    private async Task<GrainState> CurrentAsync()
    {
        GrainState state = await StateAsync();
        if (await host.Records.LookAsync(Id) == state.Version)
        {
            return state;
        }

        Forget();
        return await StateAsync();
    }

    private async Task<TurnResult> RunAsync(Message message, string actor)
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            GrainState state = await StateAsync();
            TurnResult turn = Run(state, message);
            if (await IsKeptAsync(state, message, turn, actor))
            {
                Perform(turn, (message as Command)?.Operation);
                LeaveIfUnknown();
                return turn;
            }

            host.Counters.CountOvertaken();
            host.Log.Overtaken(Id, state.Version);
            Forget();
        }

        throw new UnavailableException(UnavailableReason.Overloaded, StoreHealth.RetryAfter);
    }

    private TurnResult Run(GrainState state, Message message)
    {
        try
        {
            return host.Run(state, message);
        }
        catch (Exception broken)
        {
            host.Log.TurnFailed(Id, message.GetType().Name, broken);
            Forget();
            throw;
        }
    }

    /// <summary>Makes a turn durable, or sees that what it rests on still is. False when another activation has written.</summary>
    private async Task<bool> IsKeptAsync(GrainState state, Message message, TurnResult turn, string actor)
    {
        try
        {
            return turn.Outcome == TurnOutcome.Durable
                ? await host.Records.WriteAsync(TurnRecord.Of(state, turn, actor)) == WriteOutcome.Written
                : !LastLook.IsNeeded(message, turn.Outcome, turn.Effects) || await host.Records.LookAsync(Id) == state.Version;
        }
        catch
        {
            // Written or not: the record knows.
            Forget();
            throw;
        }
    }

    private void Perform(TurnResult turn, OperationId? asked)
    {
        foreach (ref readonly Effect effect in turn.Effects.AsSpan())
        {
            switch (effect.Kind)
            {
                case EffectKind.Send:
                    host.Post.Send(effect.To, effect.Message);
                    break;
                case EffectKind.SetTimer:
                    host.Timers.Arm(Self, _life, effect.Timer, effect.Due);
                    break;
                case EffectKind.Reply:
                    Answer(effect.Operation, effect.Answer);
                    break;
            }
        }

        if (asked is { } operation)
        {
            _waiting.RemoveAll(waiting => waiting.Operation == operation);
        }
    }

    private void Answer(OperationId operation, Answer answer)
    {
        foreach ((OperationId asked, IAnswerReceiver receiver) in _waiting)
        {
            if (asked == operation)
            {
                receiver.AnsweredAsync(operation, answer).Ignore();
            }
        }

        _waiting.RemoveAll(waiting => waiting.Operation == operation);
    }

    private void Await(OperationId operation, IAnswerReceiver? receiver)
    {
        if (receiver is not null)
        {
            if (_waiting.Count == MaxWaiting)
            {
                _waiting.RemoveAt(0);
            }

            _waiting.Add((operation, receiver));
        }
    }

    private async Task<GrainState> StateAsync()
    {
        if (_state is { } known)
        {
            return known;
        }

        GrainState state = Read(await host.Records.LoadAsync(Id));
        for (int i = 0; i < state.Timers.Count; i++)
        {
            (TimerKey key, Instant due) = state.Timers[i];
            host.Timers.Arm(Self, _life, key, due);
        }

        return _state = state;
    }

    private GrainState Read(GrainRow? row)
    {
        try
        {
            return row is { } found ? GrainRecord.Read(Id, found.Version, found.State.Span) : GrainState.New(Id);
        }
        catch (GrainRecordException garbled)
        {
            host.Log.RecordGarbled(Id, garbled);
            DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>Nothing in memory counts any more; the next message reads the record.</summary>
    private void Forget()
    {
        _state = null;
        _life.End();
        _life = new ActivationLife();
    }

    /// <summary>A name that nobody bears must not cost memory.</summary>
    private void LeaveIfUnknown()
    {
        if (_state is { Version: 0 } && _waiting.Count == 0)
        {
            DeactivateOnIdle();
        }
    }
}
