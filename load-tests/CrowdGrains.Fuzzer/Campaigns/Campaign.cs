using System.Diagnostics;
using System.Security.Cryptography;
using CrowdGrains.Fuzzer.Documents;
using CrowdGrains.Fuzzer.Oracle;
using CrowdGrains.Fuzzer.Requests;
using CrowdGrains.Fuzzer.Servers;
using CrowdGrains.Fuzzer.Stages;
using CrowdGrains.Fuzzer.Wire;

namespace CrowdGrains.Fuzzer.Campaigns;

/// <summary>A whole run: sets the stage, sends the requests, judges each answer, and at the end looks at what is left behind.</summary>
internal sealed class Campaign : IAsyncDisposable
{
    private const int MemorySamples = 20;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan BaitInterval = TimeSpan.FromSeconds(15);

    private readonly ServerProcess? _server;
    private readonly Uri _url;
    private readonly string _admin;
    private readonly StaffClient _client;
    private readonly Trap _trap = new();
    private readonly SemaphoreSlim _sampling = new(1);

    private Campaign(ServerProcess? server, Uri url, string admin)
    {
        _server = server;
        _url = url;
        _admin = admin;
        _client = new StaffClient(url);
    }

    public Report Report { get; } = new();

    /// <summary>Writes a request down for people; after the stage is set.</summary>
    public Func<HostileRequest, string> Write { get; private set; } = request => request.What;

    /// <summary>Told of every answer.</summary>
    public Action<HostileRequest, RawAnswer> Answered { get; set; } = (_, _) => { };

    /// <summary>Told of the server's memory at every twentieth of the run.</summary>
    public Action<MemorySample> Sampled { get; set; } = _ => { };

    /// <summary>Against a server of its own.</summary>
    public static async Task<Campaign> StartAsync(CancellationToken cancellation)
    {
        string admin = "cg_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
        ServerProcess server = await ServerProcess.StartAsync(admin, cancellation).ConfigureAwait(false);
        return new Campaign(server, server.Url, admin);
    }

    /// <summary>Against a server that runs; of its log and memory nothing is known.</summary>
    public static Campaign Against(Uri url, string adminSecret) => new(null, url, adminSecret);

    public async Task RunAsync(CampaignOptions options, CancellationToken cancellation)
    {
        Stage stage = await Stage.BuildAsync(_client, _admin, cancellation).ConfigureAwait(false);
        stage.Known.TrapUrls = _trap.Urls();
        Write = request => RequestText.Of(request, stage.Keys, _url);
        ApiDocument document = ApiDocument.Parse(await _client.ReadAsync("/openapi/v1.json", cancellation).ConfigureAwait(false));
        RequestMaker maker = new(document, stage.Known, stage.Keys, _url.Authority, options.Seed);
        Bait bait = new(stage, _client);
        Watcher watcher = new(stage, _client);
        await bait.RenewAsync(cancellation).ConfigureAwait(false);
        await watcher.LookAsync(cancellation).ConfigureAwait(false);
        long began = Stopwatch.GetTimestamp();
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task keeping = KeepAsync(bait, watcher, over.Token);
        await SendAllAsync(options, maker, new Judge(stage.Secrets), cancellation).ConfigureAwait(false);
        Report.Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await over.CancelAsync().ConfigureAwait(false);
        await keeping.ConfigureAwait(false);
        Report.Baits = bait.Made;
        Report.BaitOffers = watcher.BaitOffers;
        await new Aftermath(stage, _client, _server, _trap, Report).InspectAsync(cancellation).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _trap.Dispose();
        _sampling.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task SendAllAsync(CampaignOptions options, RequestMaker maker, Judge judge, CancellationToken cancellation)
    {
        long next = options.First - 1;
        long end = options.First + options.Requests;
        long step = options.Requests / MemorySamples;
        await Task.WhenAll(Enumerable.Range(0, options.Jobs).Select(_ => Task.Run(SendAsync, cancellation))).ConfigureAwait(false);
        await SampleAsync(options.Requests, cancellation).ConfigureAwait(false);

        async Task SendAsync()
        {
            using RawConnection connection = new(_url);
            for (long index = Interlocked.Increment(ref next); index < end && _server?.IsRunning != false; index = Interlocked.Increment(ref next))
            {
                // While the others go on: what is under way is alive too.
                if (step > 0 && index > options.First && (index - options.First) % step == 0)
                {
                    await SampleAsync(index - options.First, cancellation).ConfigureAwait(false);
                }

                await SendOneAsync(connection, maker.Make(index), judge, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task SampleAsync(long sent, CancellationToken cancellation)
    {
        if (_server is null)
        {
            return;
        }

        await _sampling.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            long live = await _server.CountLiveBytesAsync(cancellation).ConfigureAwait(false);
            MemorySample sample = new(sent, live, _server.ResidentBytes());
            Report.Add(sample);
            Sampled(sample);
        }
        catch (IOException)
        {
            // It is gone, and whoever sends the next request says so.
        }
        finally
        {
            _sampling.Release();
        }
    }

    private async Task SendOneAsync(RawConnection connection, HostileRequest request, Judge judge, CancellationToken cancellation)
    {
        try
        {
            RawAnswer answer = await connection.SendAsync(request, cancellation).ConfigureAwait(false);
            Report.Add(request, answer);
            Answered(request, answer);
            if (judge.FindFault(request, answer) is { } finding)
            {
                Report.Add(finding);
            }
        }
        catch (Exception fault) when (fault is TimeoutException or FormatException or IndexOutOfRangeException)
        {
            // What cannot be read as an answer is none.
            Report.Add(new Finding(fault is TimeoutException ? "hang" : "answer that is no HTTP", fault.Message, request));
        }
    }

    private static async Task KeepAsync(Bait bait, Watcher watcher, CancellationToken over)
    {
        long baited = Stopwatch.GetTimestamp();
        try
        {
            while (true)
            {
                await Task.Delay(LookInterval, over).ConfigureAwait(false);
                if (Stopwatch.GetElapsedTime(baited) > BaitInterval)
                {
                    await bait.RenewAsync(over).ConfigureAwait(false);
                    baited = Stopwatch.GetTimestamp();
                }

                await watcher.LookAsync(over).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }
}
