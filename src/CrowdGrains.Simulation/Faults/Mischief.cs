using System.Globalization;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.City;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.Faults;

/// <summary>Somebody who sends commands that are out of order, too late, or somebody else's to send.</summary>
internal sealed class Mischief(FaultOptions options, ICityStage stage, LatLng center)
{
    private readonly SeededRandom _random = new(options.Seed, SeededRandom.Purpose.Mischief);
    private readonly List<(OfferId Offer, HelperId Helper, RequestId Request)> _offers = [];
    private readonly List<HelperId> _helpers = [];
    private readonly List<(HelperId Helper, HelperProfile Profile)> _profiles = [];
    private readonly List<RequestId> _requests = [];
    private int _count;

    public void Begin() => Next();

    /// <summary>Learns what there is to meddle with.</summary>
    public void Hear(GrainEvent happened)
    {
        switch (happened)
        {
            case HelperRegistered e:
                _helpers.Add(e.Helper);
                _profiles.Add((e.Helper, e.Profile));
                break;
            case RequestSubmitted e: _requests.Add(e.Request); break;
            case OfferMoved { Step: OfferStep.Issued } e: _offers.Add((e.Offer, e.Helper, e.Request)); break;
        }
    }

    public void Meddle()
    {
        Next();
        if (_helpers.Count == 0)
        {
            return;
        }

        HelperId helper = Recent(_helpers);
        RequestId request = _requests.Count > 0 ? Recent(_requests) : RequestId.From("nobody");
        (OfferId offer, HelperId holder, RequestId wanted) = _offers.Count > 0 ? Recent(_offers) : (OfferId.Derive(request, 1), helper, request);
        (GrainId to, Command command) = Draw(helper, request, offer, holder, wanted);
        stage.Send(to, stage.SlotOf(to), command);
    }

    private (GrainId To, Command Command) Draw(HelperId helper, RequestId request, OfferId offer, HelperId holder, RequestId wanted) => _random.NextInt(18) switch
    {
        0 => (holder, new AcceptOffer(Operation(), offer)),
        1 => (helper, new AcceptOffer(Operation(), offer)),
        2 => (holder, new DeclineOffer(Operation(), offer, DeclineReason.Busy, _random.NextBool(0.5) ? TimeSpan.FromSeconds(_random.NextInt(120)) : null)),
        3 => (request, new CancelRequest(Operation(), "mischief")),
        4 => (wanted, new ReportEnRoute(Operation(), holder)),
        5 => (wanted, new ReportArrival(Operation(), holder)),
        6 => (wanted, new CompleteVisit(Operation(), holder, _random.NextBool(0.5))),
        7 => (wanted, new AbortVisit(Operation(), holder, "mischief")),
        8 => (request, new CompleteVisit(Operation(), helper, true)),
        9 => (request, new RateRequest(Operation(), _random.NextInt(1, 5), true)),
        10 => (helper, new GoOffline(Operation())),
        11 => (helper, new TakeBreak(Operation())),
        12 or 13 => (helper, new GoOnline(Operation(), Places.Near(center, 1000, _random), null)),
        14 => Update(),
        15 => (RequestId.From("nobody"), new CancelRequest(Operation(), "")),
        16 => (HelperId.From("nobody"), new GoOffline(Operation())),
        _ => (holder, new AcceptOffer(Operation(), OfferId.Derive(wanted, 1 + _random.NextInt(5)))),
    };

    private (GrainId To, Command Command) Update()
    {
        (HelperId helper, HelperProfile profile) = _profiles[_random.NextInt(_profiles.Count)];
        return (helper, new UpdateHelper(Operation(), profile with { Capacity = _random.NextInt(1, 3) }));
    }

    /// <summary>Mostly one of the last few, which are still under way.</summary>
    private T Recent<T>(List<T> all) => all[^(1 + _random.NextInt(Math.Min(all.Count, _random.NextBool(0.8) ? 5 : all.Count)))];

    private OperationId Operation() => OperationId.From(string.Create(CultureInfo.InvariantCulture, $"m{++_count}"));

    private void Next()
    {
        if (options.MischiefEverySeconds > 0)
        {
            stage.WakeAt(stage.Now + TimeSpan.FromMilliseconds(Math.Floor(_random.NextExponential(options.MischiefEverySeconds * 1000.0))), 0, (int)CheckWake.Mischief);
        }
    }
}
