using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Simulation.Checks;

/// <summary>One helper as its events tell it: each offer goes its way once, and no more of them are open than the helper can take.</summary>
internal sealed class HelperAudit(Audit audit, HelperId id)
{
    private readonly Dictionary<OfferId, OfferMoved> _offers = [];
    private readonly List<OfferId> _open = [];
    private int _capacity;
    private bool _isOnline;
    private bool _isOnBreak;

    public HelperId Id { get; } = id;

    /// <summary>Offers that are issued, accepted or confirmed.</summary>
    public IReadOnlyList<OfferId> Open => _open;

    /// <summary>The last step of an offer; null when the helper never held it.</summary>
    public OfferStep? StepOf(OfferId offer) => _offers.TryGetValue(offer, out OfferMoved? last) ? last.Step : null;

    /// <param name="at">The time of the turn, by the process's clock.</param>
    /// <param name="find">Finds the request an offer is for.</param>
    public void Hear(GrainEvent happened, Instant at, Func<RequestId, RequestAudit?> find)
    {
        Require(_capacity > 0 != happened is HelperRegistered, "registered-first", happened);
        switch (happened)
        {
            case HelperRegistered e: _capacity = e.Profile.Capacity; break;
            case HelperUpdated e:
                _capacity = e.Profile.Capacity;
                Require(_open.Count <= _capacity, "bound-once", e);
                break;
            case HelperWentOnline: (_isOnline, _isOnBreak) = (true, false); break;
            case HelperWentOffline e: (_isOnline, _isOnBreak) = (e.OnBreak, e.OnBreak); break;
            case OfferMoved e: Move(e, at, find(e.Request)); break;
        }
    }

    /// <summary>Compares the model with what is stored.</summary>
    public void Compare(HelperState stored)
    {
        audit.Require(
            stored.IsOnline == _isOnline && stored.IsOnBreak == _isOnBreak, "events-give-state", Id,
            $"stored online {stored.IsOnline}, on break {stored.IsOnBreak}, but the events give {_isOnline}, {_isOnBreak}");
        audit.Require(stored.Commitments.Count == _open.Count, "events-give-state", Id, $"stored {string.Join(", ", stored.Commitments)}, but the events give {string.Join(", ", _open)}");
        foreach (Commitment commitment in stored.Commitments)
        {
            OfferStep step = commitment switch { Reserved => OfferStep.Issued, AwaitingVerdict => OfferStep.Accepted, _ => OfferStep.Confirmed };
            audit.Require(StepOf(commitment.Offer) == step, "events-give-state", Id, $"stored {commitment}, but the events give {StepOf(commitment.Offer)}");
        }
    }

    private void Move(OfferMoved e, Instant at, RequestAudit? request)
    {
        OfferStep? from = StepOf(e.Offer);
        bool mayStep = e.Step switch
        {
            OfferStep.Issued => from is null,
            OfferStep.Accepted or OfferStep.Declined or OfferStep.Expired => from == OfferStep.Issued,
            OfferStep.Confirmed => from == OfferStep.Accepted,
            OfferStep.Withdrawn => from is OfferStep.Issued or OfferStep.Accepted,
            _ => from == OfferStep.Confirmed,
        };
        Require(mayStep, "offer-goes-its-way-once", e);
        Instant expiresAt = _offers.GetValueOrDefault(e.Offer, e).ExpiresAt;
        Require(e.ExpiresAt == expiresAt, "offer-keeps-its-time", e);
        Require(e.Step != OfferStep.Accepted || at < expiresAt, "accepted-in-time", e);
        Require(e.Step != OfferStep.Expired || at >= expiresAt, "expired-not-early", e);
        Require(e.Step != OfferStep.Confirmed || request?.WasAssignedBy(e.Offer) == true, "confirmed-is-assigned", e);
        Require(e.Step is not (OfferStep.Withdrawn or OfferStep.Released) || request?.AssignedOffer != e.Offer, "assigned-stays-bound", e);
        _offers[e.Offer] = e;
        if (e.Step == OfferStep.Issued)
        {
            Require(request is { IsSubmitted: true }, "offer-has-a-request", e);
            _open.Add(e.Offer);
            Require(_open.Count <= _capacity, "bound-once", e);
        }
        else if (e.Step is not (OfferStep.Accepted or OfferStep.Confirmed))
        {
            _open.Remove(e.Offer);
        }
    }

    private void Require(bool holds, string rule, GrainEvent happened) =>
        audit.Require(holds, rule, Id, $"{happened} after {(happened is OfferMoved moved ? StepOf(moved.Offer)?.ToString() ?? "nothing" : "")}; open: {string.Join(", ", _open)} of {_capacity}");
}
