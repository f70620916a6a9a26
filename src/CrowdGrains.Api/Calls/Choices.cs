using Contract = CrowdGrains.Client.Contract;

namespace CrowdGrains.Api.Calls;

/// <summary>The words of the contract and those of the rules. Written out: what is added on one side is a decision on the other.</summary>
internal static class Choices
{
    public static Contract.Tier ToContract(this Core.Ladder.Tier tier) => tier switch
    {
        Core.Ladder.Tier.Friend => Contract.Tier.Friend,
        Core.Ladder.Tier.Pro => Contract.Tier.Pro,
        Core.Ladder.Tier.Technician => Contract.Tier.Technician,
        Core.Ladder.Tier.Partner => Contract.Tier.Partner,
        _ => throw Unknown(tier),
    };

    public static Core.Ladder.Tier ToCore(this Contract.Tier tier) => tier switch
    {
        Contract.Tier.Friend => Core.Ladder.Tier.Friend,
        Contract.Tier.Pro => Core.Ladder.Tier.Pro,
        Contract.Tier.Technician => Core.Ladder.Tier.Technician,
        Contract.Tier.Partner => Core.Ladder.Tier.Partner,
        _ => throw Unknown(tier),
    };

    public static Contract.Severity ToContract(this Core.Ladder.Severity severity) => severity switch
    {
        Core.Ladder.Severity.Low => Contract.Severity.Low,
        Core.Ladder.Severity.Normal => Contract.Severity.Normal,
        Core.Ladder.Severity.High => Contract.Severity.High,
        Core.Ladder.Severity.Critical => Contract.Severity.Critical,
        _ => throw Unknown(severity),
    };

    public static Core.Ladder.Severity ToCore(this Contract.Severity severity) => severity switch
    {
        Contract.Severity.Low => Core.Ladder.Severity.Low,
        Contract.Severity.Normal => Core.Ladder.Severity.Normal,
        Contract.Severity.High => Core.Ladder.Severity.High,
        Contract.Severity.Critical => Core.Ladder.Severity.Critical,
        _ => throw Unknown(severity),
    };

    public static Contract.Presence ToContract(this Core.Helpers.Presence presence) => presence switch
    {
        Core.Helpers.Presence.Offline => Contract.Presence.Offline,
        Core.Helpers.Presence.Available => Contract.Presence.Available,
        Core.Helpers.Presence.Reserved => Contract.Presence.Reserved,
        Core.Helpers.Presence.Assigned => Contract.Presence.Assigned,
        Core.Helpers.Presence.OnBreak => Contract.Presence.OnBreak,
        _ => throw Unknown(presence),
    };

    public static Contract.RequestStatus ToContract(this Core.Requests.RequestStatus status) => status switch
    {
        Core.Requests.RequestStatus.Submitted => Contract.RequestStatus.Submitted,
        Core.Requests.RequestStatus.Searching => Contract.RequestStatus.Searching,
        Core.Requests.RequestStatus.Offering => Contract.RequestStatus.Offering,
        Core.Requests.RequestStatus.Assigned => Contract.RequestStatus.Assigned,
        Core.Requests.RequestStatus.EnRoute => Contract.RequestStatus.EnRoute,
        Core.Requests.RequestStatus.OnSite => Contract.RequestStatus.OnSite,
        Core.Requests.RequestStatus.Completed => Contract.RequestStatus.Completed,
        Core.Requests.RequestStatus.Cancelled => Contract.RequestStatus.Cancelled,
        Core.Requests.RequestStatus.Unserved => Contract.RequestStatus.Unserved,
        Core.Requests.RequestStatus.Aborted => Contract.RequestStatus.Aborted,
        _ => throw Unknown(status),
    };

    public static Core.Requests.RequestStatus ToCore(this Contract.RequestStatus status) => status switch
    {
        Contract.RequestStatus.Submitted => Core.Requests.RequestStatus.Submitted,
        Contract.RequestStatus.Searching => Core.Requests.RequestStatus.Searching,
        Contract.RequestStatus.Offering => Core.Requests.RequestStatus.Offering,
        Contract.RequestStatus.Assigned => Core.Requests.RequestStatus.Assigned,
        Contract.RequestStatus.EnRoute => Core.Requests.RequestStatus.EnRoute,
        Contract.RequestStatus.OnSite => Core.Requests.RequestStatus.OnSite,
        Contract.RequestStatus.Completed => Core.Requests.RequestStatus.Completed,
        Contract.RequestStatus.Cancelled => Core.Requests.RequestStatus.Cancelled,
        Contract.RequestStatus.Unserved => Core.Requests.RequestStatus.Unserved,
        Contract.RequestStatus.Aborted => Core.Requests.RequestStatus.Aborted,
        _ => throw Unknown(status),
    };

    public static Contract.OfferStatus ToContract(this Core.Helpers.OfferStep step) => step switch
    {
        Core.Helpers.OfferStep.Issued => Contract.OfferStatus.Issued,
        Core.Helpers.OfferStep.Accepted => Contract.OfferStatus.Accepted,
        Core.Helpers.OfferStep.Declined => Contract.OfferStatus.Declined,
        Core.Helpers.OfferStep.Expired => Contract.OfferStatus.Expired,
        Core.Helpers.OfferStep.Withdrawn => Contract.OfferStatus.Withdrawn,
        Core.Helpers.OfferStep.Confirmed => Contract.OfferStatus.Confirmed,
        Core.Helpers.OfferStep.Released => Contract.OfferStatus.Released,
        _ => throw Unknown(step),
    };

    public static Core.Helpers.OfferStep ToCore(this Contract.OfferStatus status) => status switch
    {
        Contract.OfferStatus.Issued => Core.Helpers.OfferStep.Issued,
        Contract.OfferStatus.Accepted => Core.Helpers.OfferStep.Accepted,
        Contract.OfferStatus.Declined => Core.Helpers.OfferStep.Declined,
        Contract.OfferStatus.Expired => Core.Helpers.OfferStep.Expired,
        Contract.OfferStatus.Withdrawn => Core.Helpers.OfferStep.Withdrawn,
        Contract.OfferStatus.Confirmed => Core.Helpers.OfferStep.Confirmed,
        Contract.OfferStatus.Released => Core.Helpers.OfferStep.Released,
        _ => throw Unknown(status),
    };

    public static Core.Helpers.DeclineReason ToCore(this Contract.DeclineReason reason) => reason switch
    {
        Contract.DeclineReason.Unspecified => Core.Helpers.DeclineReason.Unspecified,
        Contract.DeclineReason.Busy => Core.Helpers.DeclineReason.Busy,
        Contract.DeclineReason.TooFar => Core.Helpers.DeclineReason.TooFar,
        Contract.DeclineReason.NotSkilled => Core.Helpers.DeclineReason.NotSkilled,
        Contract.DeclineReason.NotNow => Core.Helpers.DeclineReason.NotNow,
        Contract.DeclineReason.Unavailable => Core.Helpers.DeclineReason.Unavailable,
        _ => throw Unknown(reason),
    };

    private static ArgumentOutOfRangeException Unknown<T>(T value) => new(nameof(value), value, "Has no counterpart.");
}
