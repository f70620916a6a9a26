using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Simulation.Checks;

/// <summary>
/// One request as its events tell it: submitted once, assigned to one helper at a time, each visit ended and paid once, each order of a
/// dispatcher taken or failed, ended once.
/// A model of its own, kept as small as the promises are.
/// </summary>
internal sealed class RequestAudit(Audit audit, RequestId id)
{
    private readonly List<OfferId> _assignedBy = [];
    private readonly List<HelperId> _assignedTo = [];
    private readonly List<Severity> _severities = [];
    private Problem? _problem;
    private RequestOrdered? _ordered;
    private RequestAssigned? _assigned;
    private bool _isUnderWay;
    private bool _isOnSite;
    private bool _isSearching;

    public RequestId Id { get; } = id;

    public bool IsSubmitted => _problem is not null;

    public bool IsEnded => End != RequestStatus.None;

    /// <summary>How it ended; None while it has not.</summary>
    public RequestStatus End { get; private set; }

    public bool IsRated { get; private set; }

    public int VisitsEnded { get; private set; }

    /// <summary>How often a dispatcher took back what helpers held.</summary>
    public int Withdrawals { get; private set; }

    public HelperId? AssignedTo => _assigned?.Helper;

    public OfferId? AssignedOffer => _assigned?.Offer;

    /// <summary>What helpers were paid for it so far, in minor units.</summary>
    public long Paid { get; private set; }

    public bool WasAssignedBy(OfferId offer) => _assignedBy.Contains(offer);

    public bool WasAssignedTo(HelperId helper) => _assignedTo.Contains(helper);

    public bool HadSeverity(Severity severity) => _severities.Contains(severity);

    public void Hear(GrainEvent happened, Catalogue catalogue)
    {
        Require(IsSubmitted != happened is RequestSubmitted, "submitted-first", happened);
        Require(!IsEnded || happened is RequestRated or RequestForgotten, "ends-once", happened);
        switch (happened)
        {
            case RequestSubmitted e:
                _problem = catalogue[e.Spec.Problem];
                _severities.Add(e.Severity);
                break;
            case RequestSearching e: Search(e); break;
            case RequestOrdered e: Order(e); break;
            case RequestOrderFailed e: FailOrder(e); break;
            case RequestWithdrawn e: Withdraw(e); break;
            case RequestSeverityChanged e: ChangeSeverity(e); break;
            case RequestAssigned e: Assign(e); break;
            case RequestEnRoute e: Step(e.Helper, e.Visit, !_isUnderWay, e); _isUnderWay = true; break;
            case RequestOnSite e: Step(e.Helper, e.Visit, _isUnderWay && !_isOnSite, e); _isOnSite = true; break;
            case RequestVisitUnresolved e: EndVisit(e.Helper, e.Visit, _isOnSite, e.Fee, Price, e); break;
            case RequestCompleted e: EndVisit(e.Helper, e.Visit, _isOnSite, e.Fee, Price, e); End = RequestStatus.Completed; break;
            case RequestAborted e: Abort(e); break;
            case RequestCancelled e: Cancel(e); break;
            case RequestUnserved e: Require(_assigned is null, "assigned-is-served", e); End = RequestStatus.Unserved; break;
            case RequestRated e: Rate(e); break;
        }

        Require(!IsEnded || _ordered is null, "order-is-answered", happened);
    }

    /// <summary>Compares the model with what is stored.</summary>
    public void Compare(RequestState stored)
    {
        bool isSame = stored.Status switch
        {
            RequestStatus.None => !IsSubmitted,
            RequestStatus.Submitted => IsSubmitted && !IsEnded && _assigned is null && !_isSearching,
            RequestStatus.Searching => IsSubmitted && !IsEnded && _assigned is null && _isSearching,
            RequestStatus.Offering => IsSubmitted && !IsEnded && _assigned is null && (_isSearching || _ordered is not null),
            RequestStatus.Assigned => _assigned is not null && !_isUnderWay,
            RequestStatus.EnRoute => _assigned is not null && _isUnderWay && !_isOnSite,
            RequestStatus.OnSite => _assigned is not null && _isOnSite,
            var end => End == end,
        };
        audit.Require(isSame, "events-give-state", Id, $"stored {stored.Status}, but the events give assigned {AssignedTo}, under way {_isUnderWay}, on site {_isOnSite}, end {End}");
        OfferId? ordered = stored.Offers.SingleOrDefault(offer => offer.Order is not null)?.Offer;
        audit.Require(ordered == _ordered?.Offer, "events-give-state", Id, $"stored order {ordered}, but the events give {_ordered}");
        Severity? severity = stored.Submission?.Severity;
        audit.Require(severity is null || severity == _severities[^1], "events-give-state", Id, $"stored {severity}, but the events give {string.Join(", ", _severities)}");
        audit.Require(
            stored.Assignment?.Offer == AssignedOffer && stored.Assignment?.Helper == AssignedTo && stored.Visits.Count == VisitsEnded,
            "events-give-state", Id, $"stored assignment {stored.Assignment} after {stored.Visits.Count} visits, but the events give {_assigned} after {VisitsEnded}");
    }

    private Money Price(Rung rung) => rung.Price;

    private Money TripPay(Rung rung) => rung.TripPay;

    private static Money Nothing(Rung rung) => rung.TripPay with { Amount = 0 };

    private void Search(RequestSearching e)
    {
        Require(_assigned is null, "assigned-is-served", e);
        Require(e.Visit == VisitsEnded + 1, "visits-in-order", e);
        _isSearching = true;
    }

    private void Assign(RequestAssigned e)
    {
        Require(_assigned is null, "assigned-once", e);
        Require(e.Visit == VisitsEnded + 1, "visits-in-order", e);
        Require(!_assignedBy.Contains(e.Offer), "offer-assigns-once", e);
        Require(_ordered is null || _ordered.Offer == e.Offer, "order-is-answered", e);
        _assignedBy.Add(e.Offer);
        _assignedTo.Add(e.Helper);
        (_assigned, _ordered) = (e, null);
        (_isUnderWay, _isOnSite) = (false, false);
    }

    private void Order(RequestOrdered e)
    {
        Require(_assigned is null && _ordered is null, "ordered-once", e);
        Require(e.Visit == VisitsEnded + 1, "visits-in-order", e);
        _ordered = e;
    }

    private void FailOrder(RequestOrderFailed e)
    {
        Require(_ordered?.Offer == e.Offer && _ordered.Helper == e.Helper, "order-fails-once", e);
        _ordered = null;
    }

    private void Withdraw(RequestWithdrawn e)
    {
        Require(_ordered is null, "order-is-answered", e);
        EndIfAssigned(e.Helper, e.TripPay, e);
        Withdrawals++;
    }

    private void ChangeSeverity(RequestSeverityChanged e)
    {
        Require(e.From == _severities[^1] && e.Severity != e.From, "severity-follows", e);
        Require(e.Deadline is null == _assigned is not null, "deadline-while-wanted", e);
        _severities.Add(e.Severity);
    }

    private void Step(HelperId helper, int visit, bool isNext, GrainEvent happened) =>
        Require(isNext && _assigned?.Helper == helper && _assigned.Visit == visit, "steps-in-order", happened);

    private void Abort(RequestAborted e)
    {
        bool isNoShow = string.Equals(e.Reason, "noShow", StringComparison.Ordinal) && e.TripPay.Amount == 0;
        EndVisit(e.Helper, e.Visit, true, e.TripPay, _isUnderWay && !isNoShow ? TripPay : Nothing, e);
        End = e.IsFinal ? RequestStatus.Aborted : RequestStatus.None;
    }

    private void Cancel(RequestCancelled e)
    {
        EndIfAssigned(e.Helper, e.TripPay, e);
        End = RequestStatus.Cancelled;
    }

    /// <summary>It ends for whoever is assigned, who is paid for a trip under way.</summary>
    private void EndIfAssigned(HelperId? named, Money tripPay, GrainEvent happened)
    {
        Require(named == AssignedTo, "names-who-is-assigned", happened);
        if (named is { } helper && _assigned is { } assigned)
        {
            EndVisit(helper, assigned.Visit, true, tripPay, _isUnderWay ? TripPay : Nothing, happened);
        }
        else
        {
            Require(tripPay.Amount == 0, "pays-what-is-due", happened);
        }
    }

    private void EndVisit(HelperId helper, int visit, bool isDue, Money paid, Func<Rung, Money> due, GrainEvent happened)
    {
        Require(isDue && _assigned?.Helper == helper && _assigned.Visit == visit, "visit-ends-once", happened);
        Rung rung = (_problem ?? throw new InvalidOperationException("not submitted")).Rungs[_assigned?.Rung ?? 0];
        Require(paid == due(rung), "pays-what-is-due", happened);
        Paid += paid.Amount;
        VisitsEnded++;
        _assigned = null;
        _isSearching = false;
    }

    private void Rate(RequestRated e)
    {
        Require(End == RequestStatus.Completed && !IsRated, "rated-once", e);
        IsRated = true;
    }

    private void Require(bool holds, string rule, GrainEvent happened) =>
        audit.Require(holds, rule, Id, $"{happened} after: assigned {_assigned}, {VisitsEnded} visits ended, end {End}");
}
