using System.Collections.Concurrent;
using System.Diagnostics;
using CrowdGrains.Client;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Server.Demo;

/// <summary>What the demo has seen and done so far. Read by any thread.</summary>
internal sealed class DemoFigures
{
    /// <summary>Refusals that come of people acting at the same time: the answer to them is the event that came first.</summary>
    private static readonly HashSet<string> Races =
        [ProblemCodes.OfferLost, ProblemCodes.OfferExpired, ProblemCodes.OfferWithdrawn, ProblemCodes.WrongState, "not-assigned-helper", "already-exists"];

    private readonly ConcurrentDictionary<string, int> _refusals = [];
    private readonly ConcurrentDictionary<RequestId, long> _submittedAt = [];
    private readonly HashSet<HelperId> _onlineHelpers = [];
    private readonly RecentTimes _offerTimes = new(4096);
    private long _submitted;
    private long _ended;
    private long _assigned;
    private long _completed;
    private int _online;
    private long _stale;
    private long _calls;
    private long _waiting;
    private long _positions;
    private long _errors;

    /// <summary>Requests, as their events tell.</summary>
    public long Submitted => Volatile.Read(ref _submitted);

    public long Open => Submitted - Volatile.Read(ref _ended);

    /// <summary>Requests that somebody is assigned to now.</summary>
    public long Assigned => Volatile.Read(ref _assigned);

    public long Completed => Volatile.Read(ref _completed);

    /// <summary>Helpers on duty now who are heard of.</summary>
    public int Online => Volatile.Read(ref _online);

    /// <summary>How often a helper went silent so far.</summary>
    public long WentStale => Volatile.Read(ref _stale);

    /// <summary>Calls that were answered, but for streams of positions.</summary>
    public long Calls => Volatile.Read(ref _calls);

    /// <summary>Calls that are under way or wait for others.</summary>
    public long Waiting => Volatile.Read(ref _waiting);

    /// <summary>Positions the server took.</summary>
    public long Positions => Volatile.Read(ref _positions);

    public long Errors => Volatile.Read(ref _errors);

    /// <summary>How often calls were refused, by code.</summary>
    public IEnumerable<KeyValuePair<string, int>> Refusals => _refusals.OrderBy(refusal => refusal.Key, StringComparer.Ordinal);

    /// <summary>Real milliseconds from a submission to its first offer, seen from outside: median and 99th percentile of the last few thousand.</summary>
    public (double P50, double P99) OfferTimes => _offerTimes.Read();

    /// <summary>A request is about to be submitted.</summary>
    public void Submitting(RequestId request) => _submittedAt[request] = Stopwatch.GetTimestamp();

    public void Posted() => Interlocked.Increment(ref _waiting);

    /// <summary>A call that was posted is over.</summary>
    public void Done() => Interlocked.Decrement(ref _waiting);

    public void Called() => Interlocked.Increment(ref _calls);

    public void PositionsTaken(long count) => Interlocked.Add(ref _positions, count);

    public void Failed() => Interlocked.Increment(ref _errors);

    /// <summary>An answer to an offer was not sent any more.</summary>
    public void TooLate() => _refusals.AddOrUpdate("not-sent-in-time", 1, (_, count) => count + 1);

    /// <summary>A call was refused. False when that is nothing to worry about.</summary>
    public bool Refused(string code)
    {
        Called();
        _refusals.AddOrUpdate(code, 1, (_, count) => count + 1);
        if (Races.Contains(code))
        {
            return false;
        }

        Failed();
        return true;
    }

    /// <summary>Called by one who follows the events.</summary>
    public void Happened(GrainEvent happened)
    {
        switch (happened)
        {
            case HelperWentOnline e: Came(e.Helper); break;
            case HelperWentOffline e: Left(e.Helper); break;
            case HelperWentStale e: Interlocked.Increment(ref _stale); Left(e.Helper); break;
            case OfferMoved { Step: OfferStep.Issued } e: Offered(e.Request); break;
            case RequestSubmitted: Interlocked.Increment(ref _submitted); break;
            case RequestAssigned: Interlocked.Increment(ref _assigned); break;
            case RequestVisitUnresolved: Interlocked.Decrement(ref _assigned); break;
            case RequestCompleted e: Ended(e.Request, wasAssigned: true); Interlocked.Increment(ref _completed); break;
            case RequestWithdrawn { Helper: not null }: Interlocked.Decrement(ref _assigned); break;
            case RequestAborted { IsFinal: false }: Interlocked.Decrement(ref _assigned); break;
            case RequestAborted e: Ended(e.Request, wasAssigned: true); break;
            case RequestCancelled e: Ended(e.Request, wasAssigned: e.Helper is not null); break;
            case RequestUnserved e: Ended(e.Request, wasAssigned: false); break;
        }
    }

    private void Came(HelperId helper)
    {
        _onlineHelpers.Add(helper);
        Volatile.Write(ref _online, _onlineHelpers.Count);
    }

    private void Left(HelperId helper)
    {
        _onlineHelpers.Remove(helper);
        Volatile.Write(ref _online, _onlineHelpers.Count);
    }

    private void Offered(RequestId request)
    {
        if (_submittedAt.TryRemove(request, out long submitted))
        {
            _offerTimes.Add(Stopwatch.GetElapsedTime(submitted).TotalMilliseconds);
        }
    }

    private void Ended(RequestId request, bool wasAssigned)
    {
        Interlocked.Increment(ref _ended);
        Interlocked.Add(ref _assigned, wasAssigned ? -1 : 0);
        _submittedAt.TryRemove(request, out _);
    }
}
