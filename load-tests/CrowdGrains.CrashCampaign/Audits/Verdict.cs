using System.Diagnostics.CodeAnalysis;

namespace CrowdGrains.CrashCampaign.Audits;

/// <summary>A promise that was not kept.</summary>
internal sealed record Violation(string Rule, string Subject, string Seen);

/// <summary>Collects what was found. The first violation ends the campaign: what follows may follow from it.</summary>
internal sealed class Verdict : IDisposable
{
    private const int Kept = 20;

    private readonly Lock _lock = new();
    private readonly List<Violation> _violations = [];
    private readonly CancellationTokenSource _broken = new();

    /// <summary>Cancelled by the first violation.</summary>
    public CancellationToken Broken => _broken.Token;

    /// <summary>The first ones.</summary>
    public IReadOnlyList<Violation> Violations
    {
        get
        {
            lock (_lock)
            {
                return [.. _violations];
            }
        }
    }

    public void Require([DoesNotReturnIf(false)] bool holds, string rule, string subject, Func<string> seen)
    {
        if (!holds)
        {
            throw Report(rule, subject, seen());
        }
    }

    /// <summary>Notes a violation, for the caller to throw where there is nothing to go on with.</summary>
    public ViolationException Report(string rule, string subject, string seen)
    {
        Violation violation = new(rule, subject, seen);
        lock (_lock)
        {
            if (_violations.Count < Kept)
            {
                _violations.Add(violation);
            }
        }

        _broken.Cancel();
        return new ViolationException(violation);
    }

    public void Dispose() => _broken.Dispose();
}

/// <summary>Ends whoever found a violation; it is in the verdict by then.</summary>
internal sealed class ViolationException(Violation violation) : Exception($"{violation.Rule}: {violation.Subject}: {violation.Seen}");
