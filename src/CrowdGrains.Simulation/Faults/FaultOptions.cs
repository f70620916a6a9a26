using System.Globalization;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.Faults;

/// <summary>
/// A small city and everything that goes wrong in it. All of it is drawn from one seed; each fault can be turned off, so that what breaks
/// a rule can be narrowed down. Chances are in permille, times in milliseconds unless the name says seconds; 0 turns a fault off.
/// </summary>
public sealed record FaultOptions
{
    /// <summary>Names every draw.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How long faults go on. Default: 1200 s. Afterwards nothing fails, and everything must come to its end.</summary>
    public int FaultSeconds { get; init; } = 1200;

    /// <summary>Places on duty in the city. Default: 4.</summary>
    public int Helpers { get; init; } = 4;

    /// <summary>The mean time between two requests. Default: 60 s.</summary>
    public int RequestEverySeconds { get; init; } = 60;

    /// <summary>Rank by distance with a plain waiting line, not by score.</summary>
    public bool IsNearestPolicy { get; init; }

    /// <summary>How many processes share the grains.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>A grain takes its next turn only when the last one is durable, as in a cluster; otherwise turns are written in groups, as in one process.</summary>
    public bool IsSerial { get; init; }

    /// <summary>Messages between two processes that are lost.</summary>
    public int LossPermille { get; init; }

    /// <summary>Messages that come twice.</summary>
    public int DuplicatePermille { get; init; }

    /// <summary>Messages that are late by up to <see cref="MaxDelay"/>, and so out of order.</summary>
    public int DelayPermille { get; init; }

    public int MaxDelay { get; init; }

    /// <summary>The mean time between partitions of the processes into two groups, each up to <see cref="PartitionSeconds"/> long.</summary>
    public int PartitionEverySeconds { get; init; }

    public int PartitionSeconds { get; init; }

    /// <summary>The mean time between crashes. What was not durable is lost, between any two effects; the process is back within <see cref="RestartSeconds"/>.</summary>
    public int CrashEverySeconds { get; init; }

    public int RestartSeconds { get; init; }

    /// <summary>Writes under way at a crash that turn out to have been kept.</summary>
    public int KeptAtCrashPermille { get; init; }

    /// <summary>The mean time between pauses of a process, each up to <see cref="PauseSeconds"/> long.</summary>
    public int PauseEverySeconds { get; init; }

    public int PauseSeconds { get; init; }

    /// <summary>Writes that fail.</summary>
    public int WriteFailurePermille { get; init; }

    /// <summary>Failed writes that were kept after all.</summary>
    public int KeptOnFailurePermille { get; init; }

    /// <summary>Writes that take up to <see cref="MaxSlowWrite"/>.</summary>
    public int SlowWritePermille { get; init; }

    public int MaxSlowWrite { get; init; }

    /// <summary>Messages that reach their grain on another process, where a second activation of it comes to be.</summary>
    public int StrayPermille { get; init; }

    /// <summary>How far a process's clock is off at most; it jumps within that now and then.</summary>
    public int MaxClockError { get; init; }

    /// <summary>Commands and answers that are lost on the way from or to a client.</summary>
    public int EdgeLossPermille { get; init; }

    /// <summary>Commands that are sent twice, whatever the answer.</summary>
    public int RepeatPermille { get; init; }

    /// <summary>Commands that come up to two minutes late.</summary>
    public int LatePermille { get; init; }

    /// <summary>Confirmations that the device never sees: nobody sets out.</summary>
    public int UnseenConfirmPermille { get; init; }

    /// <summary>The mean time between two commands that somebody sends out of order; 0 for none.</summary>
    public int MischiefEverySeconds { get; init; }

    /// <summary>The mean time between two decisions that a dispatcher makes by hand; 0 for none.</summary>
    public int OverrideEverySeconds { get; init; }

    /// <summary>Draws a city and its faults; each kind of fault is there or not.</summary>
    public static FaultOptions Draw(ulong seed)
    {
        SeededRandom random = new(seed, SeededRandom.Purpose.Faults);
        bool isCluster = random.NextBool(0.5);
        return new FaultOptions
        {
            Seed = seed,
            FaultSeconds = random.NextInt(300, 1800),
            Helpers = random.NextInt(1, 6),
            RequestEverySeconds = random.NextInt(10, 90),
            IsNearestPolicy = random.NextBool(0.3),
            Processes = isCluster ? random.NextInt(2, 3) : 1,
            IsSerial = isCluster && random.NextBool(0.7),
            LossPermille = Maybe(random, 1, 200),
            DuplicatePermille = Maybe(random, 1, 200),
            DelayPermille = Maybe(random, 1, 300),
            MaxDelay = random.NextInt(10, 20_000),
            PartitionEverySeconds = isCluster ? Maybe(random, 60, 600) : 0,
            PartitionSeconds = random.NextInt(1, 60),
            CrashEverySeconds = Maybe(random, 20, 600),
            RestartSeconds = random.NextInt(0, 30),
            KeptAtCrashPermille = random.NextInt(0, 1000),
            PauseEverySeconds = Maybe(random, 60, 600),
            PauseSeconds = random.NextInt(1, 60),
            WriteFailurePermille = Maybe(random, 1, 50),
            KeptOnFailurePermille = random.NextInt(0, 1000),
            SlowWritePermille = Maybe(random, 1, 200),
            MaxSlowWrite = random.NextInt(10, 5000),
            StrayPermille = isCluster ? Maybe(random, 1, 100) : 0,
            MaxClockError = Maybe(random, 1, 2000),
            EdgeLossPermille = Maybe(random, 1, 200),
            RepeatPermille = Maybe(random, 1, 500),
            LatePermille = Maybe(random, 1, 200),
            UnseenConfirmPermille = Maybe(random, 1, 200),
            MischiefEverySeconds = Maybe(random, 2, 60),
            OverrideEverySeconds = Maybe(random, 5, 120),
        };
    }

    /// <summary>The options one after another, each with its value, those of faults that are off left out.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        seed {Seed}: {FaultSeconds} s, {Helpers} helpers, a request every {RequestEverySeconds} s, policy {(IsNearestPolicy ? "nearest" : "score")}, {Processes} processes, writes {(IsSerial ? "one by one" : "in groups")}
        """)
        + Off(LossPermille, $"lost {LossPermille}‰") + Off(DuplicatePermille, $"doubled {DuplicatePermille}‰")
        + Off(DelayPermille, $"late {DelayPermille}‰ by {MaxDelay} ms")
        + Off(PartitionEverySeconds, $"partition every {PartitionEverySeconds} s for {PartitionSeconds} s")
        + Off(CrashEverySeconds, $"crash every {CrashEverySeconds} s, back in {RestartSeconds} s, write kept {KeptAtCrashPermille}‰")
        + Off(PauseEverySeconds, $"pause every {PauseEverySeconds} s for {PauseSeconds} s")
        + Off(WriteFailurePermille, $"write fails {WriteFailurePermille}‰, kept {KeptOnFailurePermille}‰")
        + Off(SlowWritePermille, $"slow write {SlowWritePermille}‰ by {MaxSlowWrite} ms")
        + Off(StrayPermille, $"second activation {StrayPermille}‰") + Off(MaxClockError, $"clocks off by {MaxClockError} ms")
        + Off(EdgeLossPermille, $"lost at the edge {EdgeLossPermille}‰") + Off(RepeatPermille, $"repeated {RepeatPermille}‰")
        + Off(LatePermille, $"late clients {LatePermille}‰") + Off(UnseenConfirmPermille, $"unseen confirmations {UnseenConfirmPermille}‰")
        + Off(MischiefEverySeconds, $"mischief every {MischiefEverySeconds} s")
        + Off(OverrideEverySeconds, $"by hand every {OverrideEverySeconds} s");

    private static int Maybe(SeededRandom random, int min, int max)
    {
        // Both draws are always made, so that one fault more or less moves no other.
        bool isOn = random.NextBool(0.5);
        int value = min + (int)((max - min) * Math.Pow(random.NextDouble(), 2));
        return isOn ? value : 0;
    }

    private static string Off(int value, FormattableString text) => value == 0 ? "" : ", " + FormattableString.Invariant(text);
}
