using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace CrowdGrains.CrashCampaign.Servers;

/// <summary>How the server is started, every time the same.</summary>
/// <param name="Program">The built <c>crowdgrains.dll</c>, or an executable.</param>
/// <param name="Url">Where it listens; clients keep the address across restarts.</param>
/// <param name="Arguments">The whole command line.</param>
internal sealed record ServerSettings(string Program, Uri Url, string AdminKey, IReadOnlyList<string> Arguments);

/// <summary>One life of the server, ended as a power cut ends it.</summary>
internal sealed class ServerProcess : IDisposable
{
    /// <summary>How long a start may take before it counts as one that never serves.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(20);

    private readonly ServerSettings _settings;
    private readonly Process _process;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly StringBuilder _said = new();

    private ServerProcess(ServerSettings settings, Process process)
    {
        _settings = settings;
        _process = process;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it printed, errors included.</summary>
    public string Said
    {
        get
        {
            lock (_lock)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Null while it runs.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    public static ServerProcess Start(ServerSettings settings)
    {
        bool isLibrary = settings.Program.EndsWith(".dll", StringComparison.Ordinal);
        ProcessStartInfo start = new(isLibrary ? "dotnet" : settings.Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [.. isLibrary ? [settings.Program] : Array.Empty<string>(), .. settings.Arguments];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["CROWDGRAINS_ADMIN_KEY"] = settings.AdminKey;
        return new(settings, Process.Start(start) ?? throw new InvalidOperationException($"{settings.Program} did not start."));
    }

    /// <summary>Waits until it says that it is ready.</summary>
    /// <returns>The time from its start; null when it ended instead.</returns>
    /// <exception cref="TimeoutException">It never did.</exception>
    public Task<TimeSpan?> ServingAsync(CancellationToken cancellation) => AnsweringAsync("healthz/ready", cancellation);

    /// <summary>Waits until one of its addresses answers with success.</summary>
    /// <returns>The time from its start; null when it ended instead.</returns>
    /// <exception cref="TimeoutException">It never did.</exception>
    public async Task<TimeSpan?> AnsweringAsync(string path, CancellationToken cancellation)
    {
        long asked = Stopwatch.GetTimestamp();
        using HttpClient http = new() { BaseAddress = _settings.Url, Timeout = TimeSpan.FromSeconds(1) };
        while (true)
        {
            if (_process.HasExited)
            {
                return null;
            }

            if (await AnswersAsync(http, path, cancellation).ConfigureAwait(false))
            {
                return Stopwatch.GetElapsedTime(_began);
            }

            if (Stopwatch.GetElapsedTime(asked) > LongestStart)
            {
                throw new TimeoutException($"The server was not ready after {LongestStart.TotalSeconds} s. It said: {Said}");
            }

            await Task.Delay(Poll, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>SIGKILL: it gets to do nothing more.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        using CancellationTokenSource patience = new(LongestEnd);
        await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
    }

    /// <summary>SIGTERM: it finishes what it does.</summary>
    /// <returns>Its exit code; null when it did not end in time.</returns>
    public async Task<int?> DrainAsync(TimeSpan limit)
    {
        using (Process signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await signal.WaitForExitAsync().ConfigureAwait(false);
        }

        return await EndedAsync(limit).ConfigureAwait(false);
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>Its exit code; null when it did not in time.</returns>
    public async Task<int?> EndedAsync(TimeSpan limit)
    {
        using CancellationTokenSource patience = new(limit);
        await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit(LongestEnd);
        }

        _process.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string path, CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellation).ConfigureAwait(false);
            return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent;
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }

    private void Note(string? line)
    {
        const int Most = 1_000_000;
        lock (_lock)
        {
            if (line is not null && _said.Length < Most)
            {
                _said.AppendLine(line);
            }
        }
    }
}
