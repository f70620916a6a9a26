using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
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
    private readonly ConcurrentDictionary<string, long> _hostilities = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (Finding Finding, int Count)> _findings = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _failures = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<MemorySample> _memory = [];
    private long _sent;
    private long _bare;
    private long _ended;

    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Answers of the web server to what is no HTTP, without a body.</summary>
    public long Bare => Interlocked.Read(ref _bare);

    /// <summary>Answers that said that their connection ends.</summary>
    public long Ended => Interlocked.Read(ref _ended);

    public double Seconds { get; set; }

    /// <summary>Of the server, in the order of the run; none when it is not ours.</summary>
    public IReadOnlyList<MemorySample> Memory => [.. _memory.OrderBy(sample => sample.Sent)];

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

    /// <summary>What was damaged, and how the bytes went out, by how many requests.</summary>
    public IEnumerable<KeyValuePair<string, long>> Hostilities => _hostilities.OrderByDescending(hostility => hostility.Value);

    /// <summary>5xx, by what they say and where.</summary>
    public IEnumerable<KeyValuePair<string, long>> Failures => _failures.OrderBy(failure => failure.Key, StringComparer.Ordinal);

    /// <summary>Endpoints by how many requests were aimed at them and how many of the answers were 2xx; one that never had any was not reached.</summary>
    public IEnumerable<(string Endpoint, long Requests, long Successes)> Reached => _answers
        .GroupBy(answer => answer.Key.What, StringComparer.Ordinal)
        .Select(group => (group.Key, group.Sum(answer => answer.Value), group.Where(answer => answer.Key.Class == 2).Sum(answer => answer.Value)))
        .OrderBy(endpoint => endpoint.Key, StringComparer.Ordinal);

    public void Add(HostileRequest request, RawAnswer answer)
    {
        Interlocked.Increment(ref _sent);
        _statuses.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
        int aim = request.What.LastIndexOf(" (", StringComparison.Ordinal);
        _answers.AddOrUpdate((request.What[..aim], answer.Status / 100), 1, (_, count) => count + 1);
        _hostilities.AddOrUpdate(request.What[(aim + 2)..^1].ToLowerInvariant(), 1, (_, count) => count + 1);
        if (request.Delivery != Delivery.Whole)
        {
            _hostilities.AddOrUpdate($"{request.Delivery.ToString().ToLowerInvariant()} body", 1, (_, count) => count + 1);
        }

        if (answer.Status >= 500)
        {
            string code = answer.Body.Length > 0 ? $"{CodeOf(answer)} at {request.What[..aim]}" : "without a body";
            _failures.AddOrUpdate(string.Create(CultureInfo.InvariantCulture, $"{answer.Status} {code}"), 1, (_, count) => count + 1);
        }

        if (answer.Header("Connection").Contains("close", StringComparison.OrdinalIgnoreCase))
        {
            Interlocked.Increment(ref _ended);
        }

        if (answer is { Status: >= 400, Body.Length: 0 } && !request.IsHead)
        {
            Interlocked.Increment(ref _bare);
        }
    }

    public void Add(MemorySample sample) => _memory.Add(sample);

    public void Add(Finding finding)
    {
        if (_findings.Count < MaxFindings)
        {
            _findings.AddOrUpdate(finding.Name, (finding, 1), (_, known) => (known.Finding, known.Count + 1));
        }
    }

    private static string CodeOf(RawAnswer answer) => Encoding.UTF8.GetString(answer.Body).Split("\"code\":\"") is [_, var rest, ..] ? rest.Split('"')[0] : "without a code";
}
