using CrowdGrains.Client;

namespace CrowdGrains.CrashCampaign.Servers;

/// <summary>What is killed and must serve again: one server, or a cluster of silos.</summary>
internal interface IServed : IDisposable
{
    /// <summary>The address that callers keep; a transport may lead to another.</summary>
    Uri Url { get; }

    /// <summary>How often a call that finds nobody is made again, a tenth of a second apart.</summary>
    int MaxAttempts { get; }

    ServedFigures Figures { get; }

    /// <summary>New connections for a caller.</summary>
    /// <param name="isPatient">Calls that find nobody wait until somebody serves. Only where they may be repeated.</param>
    HttpMessageHandler Connect(bool isPatient);

    /// <summary>Starts it for the first time.</summary>
    Task StartAsync(CancellationToken cancellation);

    /// <summary>Waits until it serves again after its store was away.</summary>
    Task OutliveStoreAsync(CancellationToken cancellation);

    /// <summary>Kills it, or a part of it, and starts that again. In the end it serves, the gate is closed and nobody calls.</summary>
    Task CrashAsync(CancellationToken cancellation);

    /// <summary>Reads where the log ends that has in it whatever was answered.</summary>
    /// <param name="heard">The last event that is known.</param>
    Task<long> ReadEndAsync(CrowdGrainsClient staff, long heard, CancellationToken cancellation);

    /// <summary>What the processes that run had to log as failed, to understand what broke.</summary>
    IReadOnlyList<string> ReadFailures();

    /// <summary>Kills all of it, for good.</summary>
    Task EndAsync();
}

/// <summary>What was seen of starts and ends. Times are in milliseconds.</summary>
internal sealed class ServedFigures
{
    /// <summary>From a start until it served.</summary>
    public List<double> Restarts { get; } = [];

    /// <summary>How often it was killed before it served.</summary>
    public int KillsWhileStarting { get; set; }

    /// <summary>How often the store was taken away.</summary>
    public int Outages { get; set; }

    /// <summary>Kills of a cluster, and the gaps after them.</summary>
    public List<Strike> Strikes { get; } = [];

    /// <summary>Silos that ended by themselves because the others had declared them dead.</summary>
    public int Evictions { get; set; }
}

/// <summary>A kill, or a drain, and for how long a client felt it.</summary>
/// <param name="Silos">How many silos ended.</param>
/// <param name="HasLed">Whether the one that led the HTTP interface was among them.</param>
/// <param name="Interface">The longest time that no silo was ready, in milliseconds.</param>
/// <param name="Probes">Of each of some helpers that lived spread over the silos how long its commands took after the kill, in milliseconds; the first tells whether it was hit.</param>
internal sealed record Strike(string Kind, int Silos, bool HasLed, double Interface, IReadOnlyList<IReadOnlyList<double>> Probes)
{
    /// <summary>Who was hit took longer than this for its first command.</summary>
    private const double Unhurt = 1000;

    public IEnumerable<double> Hit => Probes.Select(times => times[0]).Where(first => first > Unhurt);

    public IEnumerable<double> Elsewhere => Probes.Where(times => times[0] <= Unhurt).SelectMany(times => times);
}
