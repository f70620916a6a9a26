using CrowdGrains.Core.Turns;

namespace CrowdGrains.Testing;

/// <summary>An effect a test expects. The grain whose turn it is and the numbers of its events are filled in from the turn.</summary>
public sealed class Expect
{
    private readonly Func<GrainId, long, Effect> _make;
    private readonly bool _isEvent;

    private Expect(Func<GrainId, long, Effect> make, bool isEvent = false) => (_make, _isEvent) = (make, isEvent);

    public static Expect Send(GrainId to, Message message) => new((_, _) => Effect.Send(to, message));

    public static Expect Reply(OperationId operation, Answer answer) => new((grain, _) => Effect.Reply(grain, operation, answer));

    public static Expect Reply(OperationId operation) => Reply(operation, Answer.Ok);

    public static Expect Set(TimerKey timer, Instant due) => new((grain, _) => Effect.SetTimer(grain, timer, due));

    public static Expect Clear(TimerKey timer) => new((grain, _) => Effect.ClearTimer(grain, timer));

    public static Expect Emit(GrainEvent happened) => new((grain, sequence) => Effect.Emit(grain, sequence, happened), isEvent: true);

    internal Effect For(GrainId grain, ref long sequence) => _make(grain, _isEvent ? ++sequence : sequence);
}
