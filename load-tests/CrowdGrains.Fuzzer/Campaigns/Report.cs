using System.Collections.Concurrent;
using CrowdGrains.Fuzzer.Oracle;
using CrowdGrains.Fuzzer.Requests;
using CrowdGrains.Fuzzer.Wire;

namespace CrowdGrains.Fuzzer.Campaigns;

/// <summary>What a run brought to light. For many threads while it runs.</summary>
internal sealed class Report
{
    private const int MaxFindings = 1000;

    private readonly ConcurrentDictionary<int, long> _statuses = new();
    private readonly ConcurrentDictionary<(string What, int Class), long> _answers = new();
    private readonly ConcurrentDictionary<string, (Finding Finding, int Count)> _findings = new(StringComparer.Ordinal);
    private long _sent;
    private long _bare;

    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Answers of the web server to what is no HTTP, without a body.</summary>
    public long Bare => Interlocked.Read(ref _bare);

    public double Seconds { get; set; }

    /// <summary>Of the server, in bytes, after a tenth of the requests and after all of them; 0 when it is not ours.</summary>
    public long EarlyBytes { get; set; }

    public long LateBytes { get; set; }

    /// <summary>What the server warned of, without when.</summary>
    public IReadOnlyList<string> Warnings { get; set; } = [];

    /// <summary>Requests at places that must not be told, and offers of them.</summary>
    public int Baits { get; set; }

    public int BaitOffers { get; set; }

    /// <summary>Events that were looked through for secrets.</summary>
    public long Events { get; set; }

    public IEnumerable<KeyValuePair<int, long>> Statuses => _statuses.OrderBy(status => status.Key);

    public IEnumerable<(Finding Finding, int Count)> Findings => _findings.OrderBy(found => found.Key, StringComparer.Ordinal).Select(found => found.Value);

    public bool IsClean => _findings.IsEmpty;

    /// <summary>Endpoints by how many of their answers were 2xx; one that never had any was not reached.</summary>
    public IEnumerable<(string Endpoint, long Successes)> Reached => _answers
        .GroupBy(answer => answer.Key.What, StringComparer.Ordinal)
        .Select(group => (group.Key, group.Where(answer => answer.Key.Class == 2).Sum(answer => answer.Value)))
        .OrderBy(endpoint => endpoint.Key, StringComparer.Ordinal);

    public void Add(HostileRequest request, RawAnswer answer)
    {
        Interlocked.Increment(ref _sent);
        _statuses.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
        _answers.AddOrUpdate((request.What[..request.What.LastIndexOf(" (", StringComparison.Ordinal)], answer.Status / 100), 1, (_, count) => count + 1);
        if (answer is { Status: >= 400, Body.Length: 0 } && !request.IsHead)
        {
            Interlocked.Increment(ref _bare);
        }
    }

    public void Add(Finding finding)
    {
        if (_findings.Count < MaxFindings)
        {
            _findings.AddOrUpdate(finding.Name, (finding, 1), (_, known) => (known.Finding, known.Count + 1));
        }
    }
}
