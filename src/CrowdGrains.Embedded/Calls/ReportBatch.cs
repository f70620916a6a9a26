using CrowdGrains.Hosting.Engines;

namespace CrowdGrains.Embedded.Calls;

/// <summary>Position reports for the helpers of one shard: one envelope for many.</summary>
internal sealed class ReportBatch(ReadOnlyMemory<PositionReport> reports)
{
    public int Count => reports.Length;

    public ReadOnlySpan<PositionReport> Reports => reports.Span;
}
