using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Records;

/// <summary>Messages at random that lead a grain through its life: mostly what fits its state, sometimes what does not.</summary>
internal sealed class RandomLives(int seed)
{
    private static readonly HelperId[] Crowd = [Ids.Anna, Ids.Ben, Ids.Cora, Ids.Dan];
    private readonly Random _random = new(seed);
    private int _operations;
    private int _offers;

    public TimeSpan Pause() => TimeSpan.FromMilliseconds(_random.Next(1, _random.Next(10) == 0 ? 200_000 : 5000));

    /// <summary>What comes next for a helper.</summary>
    public Message Next(HelperState helper, TurnResult? last, Instant now)
    {
        if (helper.Card is null)
        {
            return new RegisterHelper(Operation(), Profile());
        }

        if (last?.Sent<FindRequests>() is { Count: > 0 } asked && Chance(80))
        {
            FindRequests question = Pick(asked).Message;
            return new RequestsFound(question.Search, question.Slot, Chance(50) ? [] : [new WaitingRequest(Request(), 10, 60)]);
        }

        OfferId offer = helper.Commitments.Count > 0 && Chance(90) ? Pick(helper.Commitments).Offer : Ids.Offer(_random.Next(1, 40));
        RequestId request = helper.Commitments.Count > 0 ? Pick(helper.Commitments).Request : Request();
        return _random.Next(16) switch
        {
            0 => new UpdateHelper(Operation(), Profile()),
            1 => new GoOnline(Operation(), Sites.At(_random.Next(9000), 0), Chance(50) ? now + TimeSpan.FromHours(_random.Next(12)) : null),
            2 => Chance(50) ? new TakeBreak(Operation()) : new GoOffline(Operation()),
            3 or 4 => new PositionReported(now, Sites.At(_random.Next(9000), _random.Next(9000))),
            5 or 6 or 7 => new IssueOffer(
                Ids.Offer(++_offers), Ids.Request(_offers), Needs.Router(Ids.Request(_offers)), now + TimeSpan.FromSeconds(_random.Next(60)), "router",
                TinyCatalogue.Router.Rungs[0].Price, default) { IsOrder = Chance(30) },
            8 => new AcceptOffer(Operation(), offer),
            9 => new DeclineOffer(Operation(), offer, DeclineReason.Busy, Chance(50) ? TimeSpan.FromMinutes(3) : null),
            10 => new ConfirmOffer(offer),
            11 => new WithdrawOffer(offer, request, (WithdrawReason)_random.Next(5)),
            12 => new ReleaseHelper(offer, request, (ReleaseReason)_random.Next(6)),
            13 => new HelperRated(Request(), _random.Next(1, 6)),
            14 => new ProposalDeclined(request),
            _ => Fire(helper, now),
        };
    }

    /// <summary>What comes next for a request.</summary>
    public Message Next(RequestState request, TurnResult? last, Instant now)
    {
        if (request.Submission is null)
        {
            return new SubmitRequest(Operation(), Spec(now));
        }

        if (last?.Sent<FindHelpers>() is { Count: > 0 } asked && Chance(95))
        {
            FindHelpers question = Pick(asked).Message;
            HelperId[] found = [.. Crowd.Where(_ => Chance(30))];
            return RequestStage.Found(question, found) with
            {
                NotAsked = [.. Crowd.Except(found).Select(helper => new NotAsked(helper, (NotAskedReason)_random.Next(1, 13)))],
                NotAskedCounts = [new ReasonCount(NotAskedReason.Busy, _random.Next(1, 500))],
            };
        }

        LiveOffer? live = request.Offers.Count > 0 ? Pick(request.Offers) : null;
        OfferId offer = live?.Offer ?? (request.PendingReleases.Count > 0 ? Pick(request.PendingReleases).Offer : Ids.Offer(1));
        HelperId helper = request.Assignment?.Helper ?? Pick(Crowd);
        return _random.Next(17) switch
        {
            0 => new OfferDelivered(offer, _random.Next(600)),
            1 => new OfferRefused(offer, NotAskedReason.Busy),
            2 or 3 => new OfferAccepted(offer, live?.Helper ?? helper, _random.Next(600)),
            4 => new OfferDeclined(offer, DeclineReason.TooFar, Chance(50) ? now + TimeSpan.FromMinutes(4) : null),
            5 => new OfferExpired(offer),
            6 => new HelperReleased(offer),
            7 => new ReportEnRoute(Operation(), helper),
            8 => new ReportArrival(Operation(), helper),
            9 => new CompleteVisit(Operation(), helper, Chance(40)),
            10 => Chance(50) ? new AbortVisit(Operation(), helper, "ill") : new RateRequest(Operation(), _random.Next(1, 6), true),
            11 => new ProposeHelper(Profiles.Card(helper.Value), Sites.Near.ToUnitVector()),
            12 => new AssignRequest(Operation(), Pick(Crowd)),
            13 when Chance(50) => new WithdrawHelpers(Operation(), "sent elsewhere"),
            14 => new ChangeSeverity(Operation(), (Severity)_random.Next(4)),
            15 when Chance(5) => new CancelRequest(Operation(), "changed my mind"),
            _ => Fire(request, now),
        };
    }

    /// <summary>A timer that is due, the next one too early, or one that is not armed.</summary>
    private TimerFired Fire(GrainState grain, Instant now)
    {
        for (int i = 0; i < grain.Timers.Count; i++)
        {
            if (grain.Timers[i].Due <= now)
            {
                return new TimerFired(grain.Timers[i].Key);
            }
        }

        return new TimerFired(grain.Timers.Count > 0 && Chance(90) ? grain.Timers[0].Key : TimerKey.CellSweep);
    }

    private HelperProfile Profile() => Profiles.Friend with
    {
        Name = $"Helper {_random.Next(100)}",
        Capacity = _random.Next(1, 5),
        Partner = Chance(50) ? PartnerId.From("partner") : null,
        Labels = Chance(50) ? new Labels("crm:1", [new("shift", "late")]) : Labels.None,
    };

    private RequestSpec Spec(Instant now) => RequestStage.Spec(Pick(["router", "lift", "queue"])) with
    {
        Skills = Chance(30) ? [new SkillNeed("router", 3)] : [],
        Severity = Chance(50) ? (Severity)_random.Next(4) : null,
        NotBefore = Chance(30) ? now + TimeSpan.FromMinutes(_random.Next(90)) : null,
        Preferred = Chance(50) ? Ids.Dan : null,
        Description = Chance(50) ? "Grüezi" : "",
    };

    private RequestId Request() => Ids.Request(_random.Next(1, 40));

    private OperationId Operation() => Ids.Op(Chance(95) ? $"op-{++_operations}" : $"op-{_random.Next(1, _operations + 1)}");

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
