namespace CrowdGrains.Client.Contract;

// Written in camelCase. The order is the one of the rules: what is added is added at the end.

public enum Tier
{
    Friend,
    Pro,
    Technician,
    Partner,
}

public enum Severity
{
    Low,
    Normal,
    High,
    Critical,
}

public enum Presence
{
    Offline,
    Available,
    Reserved,
    Assigned,
    OnBreak,
}

public enum RequestStatus
{
    Submitted,
    Searching,
    Offering,
    Assigned,
    EnRoute,
    OnSite,
    Completed,
    Cancelled,
    Unserved,
    Aborted,
}

public enum OfferStatus
{
    Issued,
    Accepted,
    Declined,
    Expired,
    Withdrawn,
    Confirmed,
    Released,
}

public enum DeclineReason
{
    Unspecified,
    Busy,
    TooFar,
    NotSkilled,
    NotNow,
    Unavailable,
}
