using System.Diagnostics;
using CrowdGrains.Client;
using CrowdGrains.Client.Contract;
using CrowdGrains.CrashCampaign.Audits;
using CrowdGrains.CrashCampaign.Books;
using CrowdGrains.CrashCampaign.Calls;
using CrowdGrains.CrashCampaign.Servers;
using CrowdGrains.CrashCampaign.Streams;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.CrashCampaign.Runs;

/// <summary>
/// Kills a server that is at work, starts it again on the same data, looks through it, and lets it work on: so many times. Then all must
/// come to its end. What is run, read and received outlives the server and remembers everything.
/// </summary>
internal sealed class Campaign : IDisposable
{
    /// <summary>Of first deliveries to the second webhook.</summary>
    private const int RefusedPercent = 3;

    private readonly CampaignOptions _options;
    private readonly Verdict _verdict = new();
    private readonly Platform _platform;
    private readonly Gate _gate = new();
    private readonly Book _book;
    private readonly Courier _courier;
    private readonly EventReader _reader;
    private readonly Random _random;
    private readonly WebhookReceiver[] _receivers;
    private readonly HttpClient _http;
    private readonly CrowdGrainsClient _staff;
    private readonly RepeatAudit _repeats;
    private readonly RestartAudit _audit;
    private readonly IServed _served;
    private readonly long _began = Stopwatch.GetTimestamp();
    private int _cycles;

    public Campaign(CampaignOptions options)
    {
        _options = options;
        _random = new Random(options.Seed);
        _platform = Platform.Create(options.Store, isShared: options.Silos is not null);
        _served = options.Silos is { } silos
            ? new SiloCluster(_platform, options.Program, silos, _gate, _verdict, _random)
            : new OneServer(_platform, options.Program, _gate, _verdict, _random);
        (Uri url, string secret) = (_served.Url, _platform.AdminKey);
        _book = new Book(_verdict);
        _courier = new Courier(url, _served.Connect(isPatient: false), secret, _gate, _verdict, _served.MaxAttempts);
        (_served as SiloCluster)?.Probe(_courier);
        _reader = new EventReader(url, _served.Connect(isPatient: false), secret, _book, _verdict);
        _receivers =
        [
            new WebhookReceiver("all", 0, _verdict, new Random(options.Seed + 1)),
            new WebhookReceiver("some", RefusedPercent, _verdict, new Random(options.Seed + 2)),
        ];
        _http = new HttpClient(_served.Connect(isPatient: true)) { BaseAddress = url };
        _staff = new CrowdGrainsClient(_http, secret);
        _repeats = new RepeatAudit(_http, _courier.Ledger, _verdict, _random);
        _audit = new RestartAudit(_staff, _repeats, _book, _courier.Ledger, _verdict, _random, token => _served.ReadEndAsync(_staff, _book.Last, token));
    }

    public string Describe() =>
        $"{_cycles} of {_options.Cycles} cycles, {_courier.Ledger.Count} answers, {_book.Last} events, {_book.Read(() => _book.Open.Count)} requests open";

    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public async Task<CampaignResult> RunAsync(CancellationToken cancellation)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _verdict.Broken);
        Task[] receiving = [.. _receivers.Select(receiver => { receiver.Listen(); return receiver.RunAsync(); })];
        Population population = new(_options, _courier, _book, _gate);
        List<Task> others = [];
        try
        {
            await _served.StartAsync(ended.Token).ConfigureAwait(false);
            await SubscribeAsync(ended.Token).ConfigureAwait(false);
            others.Add(WatchAsync(_reader.RunAsync(ended.Token)));
            others.Add(WatchAsync(population.RunAsync(ended.Token)));
            for (; _cycles < _options.Cycles && Stopwatch.GetElapsedTime(_began) < _options.Longest; _cycles++)
            {
                await Task.Delay(TimeSpan.FromSeconds(_random.NextDouble() * 2 * _options.SecondsEach), ended.Token).ConfigureAwait(false);
                if (_platform.MayStopStore && _random.Next(100) < _options.OutagePercent)
                {
                    await InterruptStoreAsync(ended.Token).ConfigureAwait(false);
                }

                await _served.CrashAsync(ended.Token).ConfigureAwait(false);
                await _audit.RunAsync(isComplete: false, ended.Token).ConfigureAwait(false);
                _gate.Open();
            }

            population.Settle();
            Settlement settlement = new(_book, _staff, _receivers, _verdict);
            await settlement.WaitAsync(TimeSpan.FromSeconds(_options.SettleSeconds), ended.Token).ConfigureAwait(false);
            _gate.Close();
            await settlement.JudgeOpenAsync(ended.Token).ConfigureAwait(false);
            await _audit.CatchUpAsync(ended.Token).ConfigureAwait(false);
            await settlement.ReceiveRestAsync(ended.Token).ConfigureAwait(false);
            await _audit.RunAsync(isComplete: true, ended.Token).ConfigureAwait(false);
            await EndAsync().ConfigureAwait(false);
        }
        catch (Exception end) when (end is not PlatformException && !cancellation.IsCancellationRequested)
        {
            // What broke is in the verdict, or it is this.
            if (_verdict.Violations.Count == 0)
            {
                _verdict.Report("the-campaign-goes-on", "campaign", end.ToString());
            }
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(others).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return Result();
    }

    public void Dispose()
    {
        _served.Dispose();
        foreach (WebhookReceiver receiver in _receivers)
        {
            receiver.Dispose();
        }

        _staff.Dispose();
        _http.Dispose();
        _reader.Dispose();
        _courier.Dispose();
        _platform.Dispose();
        _verdict.Dispose();
    }

    /// <summary>A caller that fails by itself would leave a campaign that looks at nothing.</summary>
    private async Task WatchAsync(Task other)
    {
        try
        {
            await other.ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not (ViolationException or OperationCanceledException))
        {
            throw _verdict.Report("the-campaign-itself-works", "campaign", fault.ToString());
        }
    }

    private async Task SubscribeAsync(CancellationToken cancellation)
    {
        string[][] types = [[], ["offer.*", "request.assigned"]];
        _gate.Open();
        foreach ((WebhookReceiver receiver, string[] wanted) in _receivers.Zip(types))
        {
            WebhookRegistration registration = new(receiver.Url.AbsoluteUri, wanted.Length == 0 ? null : wanted);
            Answered? made = await _courier.TellAsync(
                new Deed("register " + receiver.Url, null, null, _ => true), _courier.Ledger.NextKey(),
                (client, options, token) => client.Webhooks.CreateAsync(registration, options, token), cancellation).ConfigureAwait(false);
            Webhook webhook = ((Versioned<Webhook>)(made?.Value ?? throw new PlatformException($"The webhook {receiver.Url} was refused."))).Value;
            receiver.Know(webhook.Secret ?? "");
        }
    }

    /// <summary>The store goes away under the server, which must be ready again by itself when it is back.</summary>
    private async Task InterruptStoreAsync(CancellationToken cancellation)
    {
        bool isCrash = _random.Next(2) == 0;
        await Task.Run(() => _platform.StopStore(isCrash), cancellation).ConfigureAwait(false);
        await Task.Delay(_random.Next(1500), cancellation).ConfigureAwait(false);
        await Task.Run(_platform.StartStore, cancellation).ConfigureAwait(false);
        _served.Figures.Outages++;
        await _served.OutliveStoreAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>The last kill of all, and a look at what it leaves.</summary>
    private async Task EndAsync()
    {
        await _served.EndAsync().ConfigureAwait(false);
        using IStore store = _platform.OpenStore();
        StoreAudit.Run(store, _book, _verdict);
    }

    private CampaignResult Result()
    {
        ServedFigures figures = _served.Figures;
        Ledger ledger = _courier.Ledger;
        return new CampaignResult
        {
            Store = _options.Store.ToString(),
            Seed = _options.Seed,
            Cycles = _cycles,
            KillsWhileStarting = figures.KillsWhileStarting,
            Outages = figures.Outages,
            Seconds = Stopwatch.GetElapsedTime(_began).TotalSeconds,
            AnswersGranted = ledger.Granted,
            AnswersRefused = ledger.Refused,
            Unanswered = ledger.Unanswered,
            Recovered = ledger.Recovered,
            Repeats = _repeats.Repeats,
            Looks = _audit.Looks,
            Events = _book.Last,
            StreamConnections = _reader.Connections,
            WebhookDeliveries = _receivers.Sum(receiver => receiver.Deliveries),
            WebhookEvents = _receivers.Sum(receiver => receiver.Distinct),
            Requests = _book.Read(() => _book.Requests.Values.Count(file => file.Submission is not null)),
            Ended = _book.Read(() => _book.Requests.Values.Count(file => file.End is not null)),
            StillOpen = _book.Read(() => _book.Open.Count),
            Restart = Quantiles.Of(figures.Restarts),
            Silos = _options.Silos ?? 0,
            Evictions = figures.Evictions,
            Gaps = Gaps.Of(figures.Strikes),
            Violations = _verdict.Violations,
            Failures = _verdict.Violations.Count == 0 ? [] : _served.ReadFailures(),
        };
    }
}
