using System.Diagnostics;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;

namespace CrowdGrains.Hosting.Telemetry;

/// <summary>One command under way, as it is measured. A command that nobody waits for any longer is not counted.</summary>
public readonly struct CommandWatch : IDisposable
{
    private readonly EngineInstruments _instruments;
    private readonly Activity? _activity;
    private readonly long _begun;

    internal CommandWatch(EngineInstruments instruments, Activity? activity, long begun)
    {
        _instruments = instruments;
        _activity = activity;
        _begun = begun;
    }

    public void Answered(AnswerCode code)
    {
        _instruments.Answered(code, _begun);
        _activity?.SetTag("answer", code.ToString());
    }

    public void Unavailable(UnavailableReason reason)
    {
        _instruments.Unavailable(reason, _begun);
        _activity?.SetStatus(ActivityStatusCode.Error, reason.ToString());
    }

    public void Dispose() => _activity?.Dispose();
}
