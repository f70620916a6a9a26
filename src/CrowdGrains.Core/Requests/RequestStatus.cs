namespace CrowdGrains.Core.Requests;

/// <summary>Where a request stands. The last four are ends.</summary>
public enum RequestStatus : byte
{
    /// <summary>Nothing was submitted under this id.</summary>
    None,

    /// <summary>Durable, and its appointment is not due yet.</summary>
    Submitted,

    /// <summary>Looks for candidates, or waits for one to come free.</summary>
    Searching,

    /// <summary>At least one helper holds an offer.</summary>
    Offering,
    Assigned,
    EnRoute,
    OnSite,
    Completed,
    Cancelled,

    /// <summary>Nobody was assigned by the deadline.</summary>
    Unserved,

    /// <summary>Given up after as many visits as are allowed.</summary>
    Aborted,
}

public static class RequestStatusExtensions
{
    public static bool IsEnd(this RequestStatus status) => status >= RequestStatus.Completed;

    /// <summary>A helper is bound to the request.</summary>
    public static bool IsServed(this RequestStatus status) => status is RequestStatus.Assigned or RequestStatus.EnRoute or RequestStatus.OnSite;

    /// <summary>A helper is wanted.</summary>
    public static bool IsOpen(this RequestStatus status) => status is RequestStatus.Searching or RequestStatus.Offering;
}
