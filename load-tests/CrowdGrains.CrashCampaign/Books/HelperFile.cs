using CrowdGrains.Client.Contract;
using CrowdGrains.CrashCampaign.Audits;

namespace CrowdGrains.CrashCampaign.Books;

/// <summary>One helper as its events tell it: each offer goes its way once, and no more are open than it can take.</summary>
internal sealed class HelperFile(Verdict verdict, string id)
{
    private readonly Dictionary<string, OfferStatus> _offers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _open = new(StringComparer.Ordinal);
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);

    public string Id { get; } = id;

    public Heard? Profile { get; private set; }

    /// <summary>Every name it ever had.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    public int Ratings { get; private set; }

    /// <summary>Offers that hold its time, and the requests they are for.</summary>
    public IReadOnlyDictionary<string, string> Open => _open;

    /// <summary>Requests it is bound to, in the order of their names.</summary>
    public IEnumerable<string> Jobs => _open.Where(offer => _offers[offer.Key] == OfferStatus.Confirmed).Select(offer => offer.Value).Order(StringComparer.Ordinal);

    public OfferStatus? StatusOf(string offer) => _offers.TryGetValue(offer, out OfferStatus status) ? status : null;

    /// <summary>Whether an event of this type was ever heard.</summary>
    public bool Had(string type) => _types.Contains(type);

    /// <param name="find">Finds the request an offer is for.</param>
    public void Hear(Heard happened, Func<string, RequestFile?> find)
    {
        _types.Add(happened.Type);
        Require((Profile is null) == (happened.Type == "helper.registered"), "registered-first-and-once", happened);
        switch (happened.Type)
        {
            case "helper.registered" or "helper.updated":
                Profile = happened;
                Names.Add(happened.Text("name") ?? "");
                Require(_open.Count <= happened.Capacity, "bound-once", happened);
                break;
            case "helper.rated": Ratings++; break;
            case "helper.online" or "helper.offline" or "helper.stale" or "helper.moved-cell": break;
            default: Move(happened, find(happened.RequestId ?? "")); break;
        }
    }

    private void Move(Heard happened, RequestFile? request)
    {
        OfferStatus? from = StatusOf(happened.OfferId);
        OfferStatus to = StepOf(happened);
        bool mayStep = to switch
        {
            OfferStatus.Issued => from is null,
            OfferStatus.Accepted or OfferStatus.Declined or OfferStatus.Expired => from == OfferStatus.Issued,
            OfferStatus.Confirmed => from == OfferStatus.Accepted,
            OfferStatus.Withdrawn => from is OfferStatus.Issued or OfferStatus.Accepted,
            _ => from == OfferStatus.Confirmed,
        };
        Require(mayStep, "offer-goes-its-way-once", happened);
        Require(to != OfferStatus.Accepted || happened.Time < happened.ExpiresAt, "accepted-in-time", happened);
        Require(to != OfferStatus.Expired || happened.Time >= happened.ExpiresAt, "expired-not-early", happened);
        Require(to != OfferStatus.Confirmed || request?.WasAssignedBy(happened.OfferId) == true, "confirmed-is-assigned", happened);
        Require(to is not (OfferStatus.Withdrawn or OfferStatus.Released) || request?.Current?.Offer != happened.OfferId, "assigned-stays-bound", happened);
        Require(to != OfferStatus.Issued || request?.Submission is not null, "offer-has-a-request", happened);
        _offers[happened.OfferId] = to;
        if (to == OfferStatus.Issued)
        {
            _open.Add(happened.OfferId, happened.RequestId ?? "");
            Require(_open.Count <= Profile?.Capacity, "bound-once", happened);
        }
        else if (to is not (OfferStatus.Accepted or OfferStatus.Confirmed))
        {
            _open.Remove(happened.OfferId);
        }
    }

    private OfferStatus StepOf(Heard happened) => happened.Type switch
    {
        "offer.issued" => OfferStatus.Issued,
        "offer.accepted" => OfferStatus.Accepted,
        "offer.declined" => OfferStatus.Declined,
        "offer.expired" => OfferStatus.Expired,
        "offer.withdrawn" => OfferStatus.Withdrawn,
        "offer.confirmed" => OfferStatus.Confirmed,
        "offer.released" => OfferStatus.Released,
        _ => throw verdict.Report("event-is-known", Id, happened.ToString()),
    };

    private void Require(bool holds, string rule, Heard happened) => verdict.Require(
        holds, rule, Id, () => $"{happened}, an offer that was {StatusOf(happened.OfferId)?.ToString() ?? "not known"}; open: {string.Join(", ", _open)} of {Profile?.Capacity}");
}
