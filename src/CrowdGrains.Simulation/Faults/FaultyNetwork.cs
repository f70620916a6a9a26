using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.Faults;

/// <summary>How long things take between processes and below them, and what becomes of them on the way.</summary>
internal sealed class FaultyNetwork(FaultOptions options)
{
    private const int LateClientMilliseconds = 120_000;

    private readonly SeededRandom _random = new(options.Seed, SeededRandom.Purpose.Network);
    private readonly SeededRandom _edge = new(options.Seed, SeededRandom.Purpose.Edge);

    /// <summary>False once faults have stopped: all arrives, once and soon.</summary>
    public bool IsFaulty { get; set; } = true;

    /// <summary>The delays of a message's copies, in milliseconds; none when it is lost.</summary>
    public int Send(Process from, Process to, Span<int> delays)
    {
        if (IsFaulty && (from.Side != to.Side || Happens(options.LossPermille)))
        {
            return 0;
        }

        delays[0] = Hop();
        if (!IsFaulty || !Happens(options.DuplicatePermille))
        {
            return 1;
        }

        delays[1] = Hop();
        return 2;
    }

    /// <summary>How long a write takes.</summary>
    public int Write() => 2 + _random.NextInt(4) + (IsFaulty && Happens(options.SlowWritePermille) ? _random.NextInt(options.MaxSlowWrite) : 0);

    public bool WriteFails() => IsFaulty && Happens(options.WriteFailurePermille);

    public bool FailedWriteIsKept() => Happens(options.KeptOnFailurePermille);

    public bool WriteUnderWayIsKept() => Happens(options.KeptAtCrashPermille);

    /// <summary>A message that goes astray wakes a second activation of its grain.</summary>
    public bool GoesAstray() => IsFaulty && Happens(options.StrayPermille);

    public int Choose(int count) => _random.NextInt(count);

    /// <summary>Whether a command or an answer is lost between a client and the processes.</summary>
    public bool IsLostAtTheEdge() => IsFaulty && _edge.NextInt(1000) < options.EdgeLossPermille;

    /// <summary>From a client or back.</summary>
    public int Device() => 20 + _edge.NextInt(130);

    /// <summary>Null unless the client sends its command a second time: after so many milliseconds.</summary>
    public int? Repeat() => IsFaulty && _edge.NextInt(1000) < options.RepeatPermille ? _edge.NextInt(20_000) : null;

    /// <summary>How late the client is with its command.</summary>
    public int Lateness() => IsFaulty && _edge.NextInt(1000) < options.LatePermille ? _edge.NextInt(LateClientMilliseconds) : 0;

    public bool ConfirmationIsUnseen() => IsFaulty && _edge.NextInt(1000) < options.UnseenConfirmPermille;

    private int Hop() => 1 + _random.NextInt(4) + (IsFaulty && Happens(options.DelayPermille) ? _random.NextInt(options.MaxDelay) : 0);

    private bool Happens(int permille) => permille > 0 && _random.NextInt(1000) < permille;
}
