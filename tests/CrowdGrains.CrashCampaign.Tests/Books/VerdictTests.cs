using CrowdGrains.CrashCampaign.Audits;

namespace CrowdGrains.CrashCampaign.Tests.Books;

public sealed class VerdictTests
{
    [Fact]
    public void Require_KeepsTheFirstViolations()
    {
        using Verdict verdict = new();

        verdict.Require(true, "rule", "subject", () => throw new InvalidOperationException("Nobody asked."));
        for (int i = 0; i < 100; i++)
        {
            Assert.Throws<ViolationException>(() => verdict.Require(false, "rule", $"subject {i}", () => "seen"));
        }

        Assert.Equal(new Violation("rule", "subject 0", "seen"), verdict.Violations[0]);
        Assert.InRange(verdict.Violations.Count, 1, 99);
    }
}
