using System.Diagnostics;
using System.Globalization;

namespace CrowdGrains.Fuzzer.Servers;

/// <summary>A server of our own, in a process and a folder of its own, with all it prints.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string ListensOn = "CrowdGrains listens on ";
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CountTime = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly List<string> _log = [];
    private readonly TaskCompletionSource<Uri> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile TaskCompletionSource<long> _counted = new();

    private ServerProcess(Process process, DirectoryInfo folder)
    {
        _process = process;
        _folder = folder;
    }

    public Uri Url => _url.Task.Result;

    public bool IsRunning => !_process.HasExited;

    /// <summary>Where its data is.</summary>
    public string DataFolder => _folder.FullName;

    /// <summary>What it printed so far.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log)
            {
                return [.. _log];
            }
        }
    }

    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public static async Task<ServerProcess> StartAsync(string adminSecret, CancellationToken cancellation)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("crowdgrains-fuzz-");
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "crowdgrains.dll"), "serve", "--urls", "http://127.0.0.1:0", "--data", folder.FullName },
            Environment = { ["CROWDGRAINS_ADMIN_KEY"] = adminSecret, ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location },
        };
        ServerProcess server = new(new Process { StartInfo = start }, folder);
        server._process.OutputDataReceived += (_, line) => server.Keep(line.Data);
        server._process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        try
        {
            await server._url.Task.WaitAsync(StartTime, cancellation).ConfigureAwait(false);
            return server;
        }
        catch (TimeoutException)
        {
            string log = string.Join('\n', server.Log);
            await server.DisposeAsync().ConfigureAwait(false);
            throw new InvalidOperationException($"The server did not start within {StartTime.TotalSeconds:0} s: {log}");
        }
    }

    /// <summary>What it holds of the machine's memory, in bytes; 0 when the system does not say.</summary>
    public long ResidentBytes()
    {
        string path = $"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}/status";
        string? line = File.Exists(path) ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)) : null;
        return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>What is reachable in its heap, in bytes; for one caller at a time. See <see cref="StartupHook"/>.</summary>
    /// <exception cref="TimeoutException">It does not say.</exception>
    /// <exception cref="IOException">It has ended.</exception>
    public async Task<long> CountLiveBytesAsync(CancellationToken cancellation)
    {
        TaskCompletionSource<long> counted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _counted = counted;
        await _process.StandardInput.WriteLineAsync().ConfigureAwait(false);
        await _process.StandardInput.FlushAsync(cancellation).ConfigureAwait(false);
        return await counted.Task.WaitAsync(CountTime, cancellation).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync().ConfigureAwait(false);
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        if (line.StartsWith(StartupHook.Answer, StringComparison.Ordinal))
        {
            _counted.TrySetResult(long.Parse(line[StartupHook.Answer.Length..], CultureInfo.InvariantCulture));
            return;
        }

        lock (_log)
        {
            _log.Add(line);
        }

        if (line.StartsWith(ListensOn, StringComparison.Ordinal))
        {
            _url.TrySetResult(new Uri(line[ListensOn.Length..].Trim()));
        }
    }
}
