using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Simulation.Checks;

/// <summary>What the parts of the auditor share: the time, and how a violation is raised.</summary>
internal sealed class Audit
{
    public Instant Now { get; set; }

    public void Require(
        [DoesNotReturnIf(false)] bool holds, string rule, GrainId grain, [InterpolatedStringHandlerArgument(nameof(holds))] AuditText text)
    {
        if (!holds)
        {
            throw new ViolationException(new Violation(rule, grain, Now, text.ToStringAndClear()));
        }
    }
}
