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
/// <param name="WasServing">Whether the one that served the HTTP interface was among them.</param>
/// <param name="Interface">Milliseconds until the HTTP interface answered again.</param>
/// <param name="Grains">Milliseconds until each of some helpers that lived spread over the silos had carried out a command.</param>
internal sealed record Strike(string Kind, int Silos, bool WasServing, double Interface, double Grains);
