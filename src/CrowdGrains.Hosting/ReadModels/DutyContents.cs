using CrowdGrains.Core.Kpis;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>What the tables hold of duty: the sums since a time, and what goes on.</summary>
internal sealed record DutyContents(IEnumerable<DutyRow> Sums, IEnumerable<DutyNowRow> Now)
{
    public void Restore(DutySums sums)
    {
        foreach (DutyRow row in Sums)
        {
            row.Restore(sums);
        }

        foreach (DutyNowRow row in Now)
        {
            row.Restore(sums);
        }
    }
}
