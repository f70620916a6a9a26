using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CrowdGrains.LoadGenerator.Clocks;

/// <summary>
/// Does things at their times, on a thread of its own that sleeps in between: the pool's timers are a millisecond or more late, and a spinning
/// thread would take the server's time. Each thing is told when it was meant to be done, and answers for its delay.
/// </summary>
internal sealed partial class Agenda : IDisposable
{
    /// <summary>The longest sleep: something earlier may be entered meanwhile.</summary>
    private static readonly TimeSpan MaxSleep = TimeSpan.FromMilliseconds(1);

    private readonly PriorityQueue<Action<long>, long> _entries = new();
    private readonly Lock _lock = new();
    private readonly Thread _thread;
    private volatile bool _isStopped;

    public Agenda()
    {
        _thread = new Thread(Work) { IsBackground = true, Name = "agenda", Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    public static long Now => Stopwatch.GetTimestamp();

    public static long After(long time, TimeSpan pause) => time + (long)(pause.TotalSeconds * Stopwatch.Frequency);

    /// <param name="act">Gets the time it was meant for. Must not block.</param>
    public void Enter(long time, Action<long> act)
    {
        lock (_lock)
        {
            _entries.Enqueue(act, time);
        }
    }

    public void Dispose()
    {
        _isStopped = true;
        if (Thread.CurrentThread != _thread)
        {
            // What is done last may be what ends the run.
            _thread.Join();
        }
    }

    private void Work()
    {
        while (!_isStopped)
        {
            Action<long>? act = null;
            long time;
            lock (_lock)
            {
                if (!_entries.TryPeek(out _, out time))
                {
                    time = long.MaxValue;
                }
                else if (time <= Now)
                {
                    act = _entries.Dequeue();
                }
            }

            if (act is not null)
            {
                act(time);
            }
            else
            {
                Sleep(time);
            }
        }
    }

    private static void Sleep(long until)
    {
        TimeSpan left = until == long.MaxValue ? MaxSleep : Stopwatch.GetElapsedTime(Now, until);
        left = left < MaxSleep ? left : MaxSleep;
        if (OperatingSystem.IsLinux())
        {
            TimeSpec pause = new(0, Math.Max(0, (nint)left.TotalNanoseconds));
            NanoSleep(pause, 0);
        }
        else
        {
            Thread.Sleep(left);
        }
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in TimeSpec pause, nint left);

    private readonly record struct TimeSpec(nint Seconds, nint Nanoseconds);
}
