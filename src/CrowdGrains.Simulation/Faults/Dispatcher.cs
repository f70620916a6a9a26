using System.Globalization;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.City;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.Faults;

/// <summary>
/// Somebody before the screen who sets the rules aside by hand: names helpers, takes them back, calls requests more or less severe, and
/// takes appointments, for which a helper may be named long before anybody is looked for.
/// </summary>
internal sealed class Dispatcher(FaultOptions options, ICityStage stage, LatLng center)
{
    private readonly SeededRandom _random = new(options.Seed, SeededRandom.Purpose.Dispatcher);
    private readonly List<HelperId> _helpers = [];
    private readonly List<RequestId> _open = [];
    private int _count;

    public void Begin() => Next();

    /// <summary>Learns who is there and what is open.</summary>
    public void Hear(GrainEvent happened)
    {
        switch (happened)
        {
            case HelperRegistered e: _helpers.Add(e.Helper); break;
            case RequestSubmitted e: _open.Add(e.Request); break;
            case RequestCompleted e: _open.Remove(e.Request); break;
            case RequestCancelled e: _open.Remove(e.Request); break;
            case RequestUnserved e: _open.Remove(e.Request); break;
            case RequestAborted { IsFinal: true } e: _open.Remove(e.Request); break;
        }
    }

    public void Decide()
    {
        Next();
        RequestId request = _open.Count > 0 ? _open[_random.NextInt(_open.Count)] : RequestId.From("nobody");
        (GrainId to, Command command) = Draw(request);
        stage.Send(to, stage.SlotOf(to), command);
    }

    private (GrainId To, Command Command) Draw(RequestId request) => _random.NextInt(12) switch
    {
        < 5 => (request, new AssignRequest(Operation(), _helpers.Count > 0 ? _helpers[_random.NextInt(_helpers.Count)] : HelperId.From("nobody"))),
        5 => (request, new AssignRequest(Operation(), HelperId.From("nobody"))),
        < 8 => (request, new WithdrawHelpers(Operation(), "by hand")),
        < 11 => (request, new ChangeSeverity(Operation(), (Severity)_random.NextInt(4))),
        _ => Appointment(),
    };

    private (GrainId To, Command Command) Appointment()
    {
        Instant notBefore = stage.Now + TimeSpan.FromMinutes(31 + _random.NextInt(10));
        RequestSpec spec = new(
            CustomerId.From("d"), "router", [], Places.Near(center, 1500, _random), [], null, notBefore, null, null, "phone", "");
        OperationId operation = Operation();
        return (RequestId.From(operation.Value), new SubmitRequest(operation, spec));
    }

    private OperationId Operation() => OperationId.From(string.Create(CultureInfo.InvariantCulture, $"d{++_count}"));

    private void Next()
    {
        if (options.OverrideEverySeconds > 0)
        {
            stage.WakeAt(stage.Now + TimeSpan.FromMilliseconds(Math.Floor(_random.NextExponential(options.OverrideEverySeconds * 1000.0))), 0, (int)CheckWake.Override);
        }
    }
}
