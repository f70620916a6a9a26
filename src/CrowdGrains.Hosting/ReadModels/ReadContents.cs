using CrowdGrains.Core.Kpis;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>What the tables hold of what is open, as of one moment.</summary>
internal sealed record ReadContents(
    long Progress, IEnumerable<RequestRow> Requests, IEnumerable<OfferRow> Offers, IEnumerable<DutyRow> Duty, IEnumerable<DutyNowRow> DutyNow)
{
    public void RestoreDuty(DutySums sums)
    {
        foreach (DutyRow row in Duty)
        {
            row.Restore(sums);
        }

        foreach (DutyNowRow row in DutyNow)
        {
            row.Restore(sums);
        }
    }
}
