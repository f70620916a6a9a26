using System.Collections.Concurrent;
using System.Globalization;
using CrowdGrains.Client;

namespace CrowdGrains.LoadGenerator.Measures;

/// <summary>Counts by name, and failures by status and code. For many threads.</summary>
internal sealed class Tally
{
    /// <summary>What a busy market brings: somebody else was first, or it took too long.</summary>
    private static readonly string[] Expected = [ProblemCodes.OfferLost, ProblemCodes.OfferExpired, ProblemCodes.OfferWithdrawn];

    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _refusals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _errors = new(StringComparer.Ordinal);
    private long _errorCount;

    public long ErrorCount => Interlocked.Read(ref _errorCount);

    public void Count(string name, long by = 1) => _counts.AddOrUpdate(name, by, (_, count) => count + by);

    public long Of(string name) => _counts.GetValueOrDefault(name);

    /// <param name="what">The call that failed.</param>
    public void Fail(string what, Exception fault)
    {
        if (fault is CrowdGrainsException refused)
        {
            Fail(string.Create(CultureInfo.InvariantCulture, $"{what} {refused.Status} {refused.Code}"), Expected.Contains(refused.Code));
        }
        else
        {
            Fail($"{what} {fault.GetType().Name}", isExpected: false);
        }
    }

    public void Fail(string name, bool isExpected)
    {
        (isExpected ? _refusals : _errors).AddOrUpdate(name, 1, (_, count) => count + 1);
        if (!isExpected)
        {
            Interlocked.Increment(ref _errorCount);
        }
    }

    public IReadOnlyDictionary<string, long> Counts => Sorted(_counts);

    public IReadOnlyDictionary<string, long> Refusals => Sorted(_refusals);

    public IReadOnlyDictionary<string, long> Errors => Sorted(_errors);

    private static SortedDictionary<string, long> Sorted(ConcurrentDictionary<string, long> counts) => new(counts, StringComparer.Ordinal);
}
