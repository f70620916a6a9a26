using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Records;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Simulation.Faults;

namespace CrowdGrains.Simulation.Checks;

/// <summary>
/// Looks at a platform from outside: the event log, the records, the answers to clients. It knows the promises and none of the rules by
/// which the grains keep them. Every promise is looked at with every write; when all is well again, everything must come to its end.
/// </summary>
internal sealed class Auditor(Catalogue catalogue, Audit audit)
{
    /// <summary>What telling one another may take.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly Dictionary<GrainId, long> _sequences = [];
    private readonly Dictionary<GrainId, RequestAudit> _requestsById = [];
    private readonly Dictionary<GrainId, HelperAudit> _helpersById = [];
    private readonly List<RequestAudit> _requests = [];
    private readonly List<HelperAudit> _helpers = [];
    private readonly Dictionary<OfferId, HelperId> _holders = [];
    private readonly ClientAudit _clients = new(audit);

    public int Submitted { get; private set; }

    public int Ended { get; private set; }

    public long EventCount { get; private set; }

    public long AnswerCount { get; private set; }

    public void Sent(GrainId grain, Command command) => _clients.Sent(grain, command);

    public void Logged(in LoggedFact fact)
    {
        EventCount++;
        long last = _sequences.GetValueOrDefault(fact.Grain);
        audit.Require(fact.Sequence == last + 1, "events-without-gap", fact.Grain, $"event {fact.Sequence} follows {last}: {fact.Event}");
        _sequences[fact.Grain] = fact.Sequence;
        if (fact.Grain.Kind == GrainKind.Helper)
        {
            RequireNewOffer(fact.Event);
            HelperOf(fact.Grain).Hear(fact.Event, fact.At, Find);
        }
        else
        {
            Hear(RequestOf(fact.Grain), fact.Event);
        }
    }

    /// <summary>The record must say what the events say.</summary>
    public void Stored(GrainId grain, long version, byte[] record)
    {
        GrainState stored = GrainRecord.Read(grain, version, record);
        switch (stored)
        {
            case HelperState helper: HelperOf(grain).Compare(helper); break;
            case RequestState request: RequestOf(grain).Compare(request); break;
        }

        audit.Require(
            stored.EventCount == _sequences.GetValueOrDefault(grain), "events-without-gap", grain,
            $"the record counts {stored.EventCount} events and the log {_sequences.GetValueOrDefault(grain)}");
    }

    public void Answered(OperationId operation, Answer answer, Instant given)
    {
        AnswerCount++;
        (GrainId grain, Command command) = _clients.Answered(operation, answer, given);
        if (answer.Code == AnswerCode.Ok)
        {
            _clients.Judge(grain, command, Find, Find);
        }
    }

    /// <summary>Every request has ended and nobody holds an offer or is bound.</summary>
    public bool IsQuiet() => Submitted == Ended && _helpers.TrueForAll(helper => helper.Open.Count == 0);

    /// <summary>All has been well for a while: no offer outlives its time.</summary>
    public void RequireTimely(FaultyStore store)
    {
        foreach ((GrainId grain, long version, byte[] record) in store.Records)
        {
            IEnumerable<Instant> ends = GrainRecord.Read(grain, version, record) switch
            {
                RequestState request => request.Offers.Select(offer => offer.ExpiresAt),
                HelperState helper => helper.Commitments.Where(commitment => commitment is Reserved).Select(reserved => reserved.ExpiresAt),
                _ => [],
            };
            audit.Require(ends.All(end => audit.Now - end < Margin), "offer-ends-in-time", grain, $"offers until {string.Join(", ", ends)} are still out");
        }
    }

    /// <summary>No request waits for anything any more.</summary>
    public static bool IsSettled(FaultyStore store) =>
        store.Records.All(stored => GrainRecord.Read(stored.Grain, stored.Version, stored.Record) is not RequestState { Timers.Count: > 0 });

    /// <summary>Faults stopped long ago: what has not come to its end by now never will.</summary>
    public void RequireQuiet(FaultyStore store)
    {
        foreach (RequestAudit request in _requests)
        {
            audit.Require(request.IsEnded, "request-ends", request.Id, $"assigned to {request.AssignedTo} after {request.VisitsEnded} visits, and not ended");
        }

        foreach (HelperAudit helper in _helpers)
        {
            audit.Require(helper.Open.Count == 0, "offer-ends", helper.Id, $"still open: {string.Join(", ", helper.Open.Select(offer => $"{offer} {helper.StepOf(offer)}"))}");
        }

        foreach ((GrainId grain, long version, byte[] record) in store.Records)
        {
            if (GrainRecord.Read(grain, version, record) is RequestState request)
            {
                audit.Require(request.PendingReleases.Count == 0, "release-is-acknowledged", grain, $"{string.Join(", ", request.PendingReleases)}");
                audit.Require(request.Timers.Count == 0, "timers-end", grain, $"still armed: {request.Timers[0]}");
            }
        }
    }

    private void RequireNewOffer(GrainEvent happened)
    {
        if (happened is OfferMoved { Step: OfferStep.Issued } issued)
        {
            audit.Require(_holders.TryAdd(issued.Offer, issued.Helper), "offer-id-is-new", issued.Helper, $"{issued}, and {_holders[issued.Offer]} has held it");
        }
    }

    private void Hear(RequestAudit request, GrainEvent happened)
    {
        bool wasSubmitted = request.IsSubmitted;
        bool wasEnded = request.IsEnded;
        request.Hear(happened, catalogue);
        Submitted += !wasSubmitted && request.IsSubmitted ? 1 : 0;
        Ended += !wasEnded && request.IsEnded ? 1 : 0;
        if (happened is RequestAssigned e)
        {
            OfferStep? step = Find(e.Helper)?.StepOf(e.Offer);
            audit.Require(step == OfferStep.Accepted, "assigned-has-accepted", e.Request, $"{e}, but the helper's offer is {step}");
        }
    }

    private RequestAudit? Find(RequestId request) => _requestsById.GetValueOrDefault(request);

    private HelperAudit? Find(HelperId helper) => _helpersById.GetValueOrDefault(helper);

    private RequestAudit RequestOf(GrainId grain)
    {
        if (!_requestsById.TryGetValue(grain, out RequestAudit? found))
        {
            found = new RequestAudit(audit, RequestId.From(grain.Name));
            _requestsById.Add(grain, found);
            _requests.Add(found);
        }

        return found;
    }

    private HelperAudit HelperOf(GrainId grain)
    {
        if (!_helpersById.TryGetValue(grain, out HelperAudit? found))
        {
            found = new HelperAudit(audit, HelperId.From(grain.Name));
            _helpersById.Add(grain, found);
            _helpers.Add(found);
        }

        return found;
    }
}
