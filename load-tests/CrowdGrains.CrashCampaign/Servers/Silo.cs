using System.Globalization;
using CrowdGrains.CrashCampaign.Audits;

namespace CrowdGrains.CrashCampaign.Servers;

/// <summary>One silo of a cluster, at the same addresses in every life.</summary>
internal sealed class Silo : IDisposable
{
    /// <summary>What a silo says that finds itself declared dead, before it ends.</summary>
    private const string Evicted = "I have been told I am dead";

    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(60);

    private readonly ServerSettings _settings;
    private readonly ServedFigures _figures;
    private readonly Verdict _verdict;
    private ServerProcess? _process;

    public Silo(string program, Platform platform, ServedFigures figures, Verdict verdict)
    {
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Free()}/"));
        _settings = new ServerSettings(
            program, Url, platform.AdminKey,
            ["--urls", Url.GetLeftPart(UriPartial.Authority), "--silo-port", Port(), "--gateway-port", Port(), .. platform.Arguments]);
        _figures = figures;
        _verdict = verdict;
    }

    public Uri Url { get; }

    public void Start()
    {
        _process?.Dispose();
        _process = ServerProcess.Start(_settings);
    }

    /// <summary>Waits until it takes part in the cluster. One that others declared dead in the meantime is started again.</summary>
    public async Task StartedAsync(CancellationToken cancellation)
    {
        while (true)
        {
            ServerProcess starting = Running();
            try
            {
                if (await starting.AnsweringAsync("healthz/live", cancellation).ConfigureAwait(false) is { } took)
                {
                    _figures.Restarts.Add(took.TotalMilliseconds);
                    return;
                }
            }
            catch (TimeoutException never)
            {
                throw _verdict.Report("silo-starts-again", Url.Authority, never.Message);
            }

            ReviveIfEvicted();
        }
    }

    /// <summary>A silo that paused too long may be declared dead by the others, and ends: whoever runs it starts it again. It has no other reason to end.</summary>
    /// <returns>Whether it was.</returns>
    public bool ReviveIfEvicted()
    {
        ServerProcess process = Running();
        if (process.ExitCode is not { } code)
        {
            return false;
        }

        _verdict.Require(process.Said.Contains(Evicted, StringComparison.Ordinal), "silo-stays-up", Url.Authority, () => $"it ended by itself with {code}: {process.Said}");
        _figures.Evictions++;
        Start();
        return true;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        await Running().KillAsync().ConfigureAwait(false);
        Examine();
    }

    /// <summary>SIGTERM: it must hand over and end well.</summary>
    public async Task DrainAsync()
    {
        ServerProcess process = Running();
        int? code = await process.DrainAsync(LongestDrain).ConfigureAwait(false);
        _verdict.Require(code == 0, "silo-drains", Url.Authority, () => $"it ended with {code?.ToString(CultureInfo.InvariantCulture) ?? "nothing, it did not end"}: {process.Said}");
        Examine();
    }

    public void Examine() => LastWords.Examine(Running(), _figures.Outages > 0, _verdict);

    public IReadOnlyList<string> ReadFailures() => _process is { } process ? [.. LastWords.Failures(process)] : [];

    public void Dispose() => _process?.Dispose();

    private ServerProcess Running() => _process ?? throw new InvalidOperationException("The silo was not started.");

    private static string Port() => Ports.Free().ToString(CultureInfo.InvariantCulture);
}
