using CrowdGrains.Core.Turns;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.Faults;

/// <summary>What befalls whole processes.</summary>
internal enum Mishap
{
    Crash,
    Restart,
    Pause,
    Partition,
    Heal,
    ClockJump,
}

/// <summary>Draws when which process crashes, pauses, is cut off or has its clock jump, until faults stop.</summary>
internal sealed class Chaos(FaultOptions options, FaultyPlatform platform)
{
    /// <summary>The mean time between two jumps of a clock.</summary>
    private const int ClockJumpEverySeconds = 120;

    private readonly SeededRandom _random = new(options.Seed, SeededRandom.Purpose.Faults, 1);
    private bool _isOver;

    public void Begin()
    {
        Next(Mishap.Crash, options.CrashEverySeconds);
        Next(Mishap.Pause, options.PauseEverySeconds);
        Next(Mishap.Partition, options.PartitionEverySeconds);
        Next(Mishap.ClockJump, options.MaxClockError > 0 ? ClockJumpEverySeconds : 0);
    }

    /// <summary>Nothing more befalls anybody; what is down comes back, and what is cut off is joined.</summary>
    public void End()
    {
        _isOver = true;
        foreach (Process process in platform.Processes)
        {
            process.PausedUntil = Instant.Never;
            process.Side = 0;
            process.ClockError = TimeSpan.Zero;
            if (!process.IsUp)
            {
                platform.Restart(process);
            }
        }
    }

    public void Happen(Mishap mishap, Process process)
    {
        if (_isOver)
        {
            return;
        }

        switch (mishap)
        {
            case Mishap.Crash:
                Next(Mishap.Crash, options.CrashEverySeconds);
                if (process.IsUp)
                {
                    platform.Crash(process);
                    platform.Befall(platform.Now + Seconds(_random.NextDouble() * options.RestartSeconds), Mishap.Restart, process);
                }

                break;
            case Mishap.Restart:
                platform.Restart(process);
                break;
            case Mishap.Pause:
                process.PausedUntil = platform.Now + Seconds(_random.NextDouble() * options.PauseSeconds);
                Next(Mishap.Pause, options.PauseEverySeconds);
                break;
            case Mishap.Partition:
                foreach (Process one in platform.Processes)
                {
                    one.Side = _random.NextInt(2);
                }

                platform.Befall(platform.Now + Seconds(_random.NextDouble() * options.PartitionSeconds), Mishap.Heal, process);
                break;
            case Mishap.Heal:
                foreach (Process one in platform.Processes)
                {
                    one.Side = 0;
                }

                Next(Mishap.Partition, options.PartitionEverySeconds);
                break;
            case Mishap.ClockJump:
                process.ClockError = TimeSpan.FromMilliseconds(_random.NextInt(-options.MaxClockError, options.MaxClockError));
                Next(Mishap.ClockJump, ClockJumpEverySeconds);
                break;
        }
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromMilliseconds(Math.Floor(seconds * 1000));

    private void Next(Mishap mishap, int everySeconds)
    {
        if (everySeconds > 0)
        {
            Process whom = platform.Processes[_random.NextInt(platform.Processes.Count)];
            platform.Befall(platform.Now + Seconds(_random.NextExponential(everySeconds)), mishap, whom);
        }
    }
}
