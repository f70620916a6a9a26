namespace CrowdGrains.Hosting.ReadModels;

/// <summary>What the tables hold of what is open, as of one moment.</summary>
/// <param name="Duty">Null where it is not kept in memory.</param>
internal sealed record ReadContents(long Progress, IEnumerable<RequestRow> Requests, IEnumerable<OfferRow> Offers, DutyContents? Duty);
