using System.Globalization;
using CrowdGrains.Client;
using CrowdGrains.Client.Calls;
using CrowdGrains.CrashCampaign.Audits;
using CrowdGrains.CrashCampaign.Calls;

namespace CrowdGrains.CrashCampaign.Servers;

/// <summary>One server by itself: dead, it answers nobody until it is started again.</summary>
internal sealed class OneServer : IServed
{
    /// <summary>One life in so many ends before it began to serve.</summary>
    private const int StillbornOneIn = 8;

    private const int PageSize = 200;

    private readonly ServerSettings _settings;
    private readonly Gate _gate;
    private readonly Verdict _verdict;
    private readonly Random _random;
    private ServerProcess? _server;

    public OneServer(Platform platform, string program, Gate gate, Verdict verdict, Random random)
    {
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Free()}/"));
        _settings = new ServerSettings(program, Url, platform.AdminKey, ["serve", "--urls", Url.GetLeftPart(UriPartial.Authority), .. platform.Arguments]);
        _gate = gate;
        _verdict = verdict;
        _random = random;
    }

    public Uri Url { get; }

    public int MaxAttempts => 200;

    public ServedFigures Figures { get; } = new();

    public HttpMessageHandler Connect(bool isPatient) => Transport.Create();

    public async Task StartAsync(CancellationToken cancellation)
    {
        _server?.Dispose();
        _server = ServerProcess.Start(_settings);
        TimeSpan? took = await ServingAsync(_server, cancellation).ConfigureAwait(false);
        if (took is not { } time)
        {
            throw _verdict.Report("server-starts-again", "server", $"it ended with {_server.ExitCode}: {_server.Said}");
        }

        Figures.Restarts.Add(time.TotalMilliseconds);
    }

    public async Task OutliveStoreAsync(CancellationToken cancellation)
    {
        if (_server is { } server)
        {
            TimeSpan? ready = await ServingAsync(server, cancellation).ConfigureAwait(false);
            _verdict.Require(ready is not null, "server-outlives-its-store", "server", () => $"it ended with {server.ExitCode}: {server.Said}");
        }
    }

    public async Task CrashAsync(CancellationToken cancellation)
    {
        ServerProcess dying = _server ?? throw new InvalidOperationException("No server runs.");
        _verdict.Require(dying.ExitCode is null, "server-stays-up", "server", () => $"it ended by itself with {dying.ExitCode}: {dying.Said}");
        await dying.KillAsync().ConfigureAwait(false);
        _gate.Close();
        LastWords.Examine(dying, Figures.Outages > 0, _verdict);
        while (_random.Next(StillbornOneIn) == 0)
        {
            using ServerProcess stillborn = ServerProcess.Start(_settings);
            await Task.Delay(_random.Next(50, 900), cancellation).ConfigureAwait(false);
            await stillborn.KillAsync().ConfigureAwait(false);
            Figures.KillsWhileStarting++;
        }

        await StartAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>What is answered is in the log by then: its own pages tell.</summary>
    public async Task<long> ReadEndAsync(CrowdGrainsClient staff, long heard, CancellationToken cancellation)
    {
        long end = heard;
        while ((await staff.Events.ListAsync(end, null, new PageQuery(PageSize), cancellation).ConfigureAwait(false)).Data is [.., { } last])
        {
            end = long.Parse(last.Id, CultureInfo.InvariantCulture);
        }

        return end;
    }

    public async Task EndAsync()
    {
        if (_server is { } last)
        {
            await last.KillAsync().ConfigureAwait(false);
            LastWords.Examine(last, Figures.Outages > 0, _verdict);
        }
    }

    public IReadOnlyList<string> ReadFailures() => _server is { } server ? [.. LastWords.Failures(server)] : [];

    public void Dispose() => _server?.Dispose();

    private async Task<TimeSpan?> ServingAsync(ServerProcess server, CancellationToken cancellation)
    {
        try
        {
            return await server.ServingAsync(cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException never)
        {
            throw _verdict.Report("server-serves-again", "server", never.Message);
        }
    }
}
