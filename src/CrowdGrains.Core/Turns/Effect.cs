namespace CrowdGrains.Core.Turns;

public enum EffectKind : byte
{
    Send,
    Reply,
    SetTimer,
    ClearTimer,
    Emit,
}

/// <summary>
/// What a turn wants done, as data. A struct in a buffer the engine reuses, so that a turn allocates only the messages it sends.
/// Which members carry a value follows from <see cref="Kind"/>.
/// </summary>
public readonly record struct Effect
{
    private readonly object? _payload;

    private Effect(EffectKind kind, GrainId to, object? payload, OperationId operation, TimerKey timer, long number)
    {
        Kind = kind;
        To = to;
        _payload = payload;
        Operation = operation;
        Timer = timer;
        Number = number;
    }

    public EffectKind Kind { get; }

    /// <summary>Send: the receiver. Otherwise: the grain whose turn it is.</summary>
    public GrainId To { get; }

    /// <summary>Reply: the command that is answered.</summary>
    public OperationId Operation { get; }

    /// <summary>SetTimer, ClearTimer: which one.</summary>
    public TimerKey Timer { get; }

    private long Number { get; }

    /// <summary>SetTimer: when it falls due.</summary>
    public Instant Due => new(Number);

    /// <summary>Emit: the event's number within its grain, from 1.</summary>
    public long Sequence => Number;

    /// <summary>Send: what is sent.</summary>
    public Message Message => Payload<Message>();

    /// <summary>Reply: what is answered.</summary>
    public Answer Answer => Payload<Answer>();

    /// <summary>Emit: what happened.</summary>
    public GrainEvent Event => Payload<GrainEvent>();

    public static Effect Send(GrainId to, Message message) => new(EffectKind.Send, to, message, default, default, 0);

    public static Effect Reply(GrainId from, OperationId operation, Answer answer) => new(EffectKind.Reply, from, answer, operation, default, 0);

    public static Effect SetTimer(GrainId grain, TimerKey timer, Instant due) =>
        new(EffectKind.SetTimer, grain, null, default, timer, due.UnixMilliseconds);

    public static Effect ClearTimer(GrainId grain, TimerKey timer) => new(EffectKind.ClearTimer, grain, null, default, timer, 0);

    public static Effect Emit(GrainId grain, long sequence, GrainEvent happened) =>
        new(EffectKind.Emit, grain, happened, default, default, sequence);

    private T Payload<T>()
        where T : class => _payload as T ?? throw new InvalidOperationException($"A {Kind} effect carries no {typeof(T).Name}.");

    public override string ToString() => Kind switch
    {
        EffectKind.Send => $"Send {To} {Message}",
        EffectKind.Reply => $"Reply {Operation} {Answer}",
        EffectKind.SetTimer => $"SetTimer {To} {Timer} {Due}",
        EffectKind.ClearTimer => $"ClearTimer {To} {Timer}",
        _ => $"Emit {To} #{Sequence} {Event}",
    };
}
