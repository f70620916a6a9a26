using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Requests;

/// <summary>Who is assigned now: the helper, by which offer, on which rung, and how far it has come.</summary>
/// <param name="Visit">The number of the visit, from 1.</param>
/// <param name="Since">When the present status was reached.</param>
public sealed record Assignment(int Visit, OfferId Offer, HelperId Helper, int Rung, int EtaSeconds, Instant AssignedAt, Instant Since);

public enum VisitOutcome : byte
{
    Resolved,
    Unresolved,
    Aborted,
    NoShow,
    Cancelled,

    /// <summary>A dispatcher took the helper off the job.</summary>
    Withdrawn,
}

/// <summary>A visit that is over.</summary>
public sealed record Visit(int Number, OfferId Offer, HelperId Helper, int Rung, Instant AssignedAt, Instant EndedAt, VisitOutcome Outcome);
