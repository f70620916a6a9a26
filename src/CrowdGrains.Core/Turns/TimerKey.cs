namespace CrowdGrains.Core.Turns;

/// <summary>The timers a grain may hold, each at most once.</summary>
public enum TimerKey : byte
{
    None,

    /// <summary>Helper: the earliest reservation runs out.</summary>
    HelperReservation,

    /// <summary>Helper: an accepted offer has no verdict yet; ask again.</summary>
    HelperVerdict,

    /// <summary>Helper: no position for a whole lease means stale.</summary>
    HelperPresence,

    /// <summary>Helper: the search for waiting requests got no full answer.</summary>
    HelperMatch,

    /// <summary>Request: an appointment's search begins.</summary>
    RequestStart,

    /// <summary>Request: cells that have not answered are not waited for any longer.</summary>
    RequestSearch,

    /// <summary>Request: an offer is undelivered or past its time.</summary>
    RequestOffers,

    /// <summary>Request: the time budget of the rung is used up.</summary>
    RequestRung,

    /// <summary>Request: search again while waiting.</summary>
    RequestRetry,

    /// <summary>Request: nobody assigned by the deadline means unserved.</summary>
    RequestDeadline,

    /// <summary>Request: the assigned helper is overdue.</summary>
    RequestVisit,

    /// <summary>Request: a helper has not acknowledged its release.</summary>
    RequestRelease,

    /// <summary>Request: a helper has not acknowledged its rating.</summary>
    RequestRating,

    /// <summary>Cell: entries whose lease ran out are swept.</summary>
    CellSweep,
}
