using CrowdGrains.Client;
using CrowdGrains.CrashCampaign.Audits;
using CrowdGrains.CrashCampaign.Calls;

namespace CrowdGrains.CrashCampaign.Servers;

/// <summary>
/// Several silos over one database. Callers go on calling while one of them dies, or two, or all, and feel it for some seconds; when the
/// silos are together again the gate is closed for a look at everything.
/// </summary>
internal sealed class SiloCluster : IServed
{
    /// <summary>One start in so many is killed before it took part.</summary>
    private const int StillbornOneIn = 8;

    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan AuditPatience = TimeSpan.FromSeconds(30);

    private readonly Platform _platform;
    private readonly string _program;
    private readonly Gate _gate;
    private readonly Verdict _verdict;
    private readonly Random _random;
    private readonly Silo[] _silos;
    private readonly Entrance _entrance;
    private readonly ClusterStore _store;
    private Probes? _probes;

    public SiloCluster(Platform platform, string program, int silos, Gate gate, Verdict verdict, Random random)
    {
        _platform = platform;
        _program = program;
        _gate = gate;
        _verdict = verdict;
        _random = random;
        _silos = [.. Enumerable.Range(0, silos).Select(_ => new Silo(program, platform, Figures, verdict))];
        _entrance = new Entrance([.. _silos.Select(silo => silo.Url)]);
        _store = new ClusterStore(platform.Database, verdict);
    }

    public Uri Url => _silos[0].Url;

    public int MaxAttempts => 900;

    public ServedFigures Figures { get; } = new();

    public HttpMessageHandler Connect(bool isPatient) => new ToWhoeverServes(_entrance, isPatient ? AuditPatience : TimeSpan.Zero);

    /// <summary>Who calls to see when grains answer again, as everybody else calls.</summary>
    public void Probe(Courier courier) => _probes = new Probes(courier, _verdict);

    public async Task StartAsync(CancellationToken cancellation)
    {
        using (ServerProcess migration = ServerProcess.Start(new ServerSettings(_program, Url, _platform.AdminKey, ["migrate", "--postgres", _platform.Database])))
        {
            int? code = await migration.EndedAsync(LongestGap).ConfigureAwait(false);
            _verdict.Require(code == 0, "schema-is-made", "migrate", () => $"it ended with {code}: {migration.Said}");
        }

        await RestartAsync(_silos, cancellation).ConfigureAwait(false);
        await ReadyAsync(cancellation).ConfigureAwait(false);
    }

    public async Task OutliveStoreAsync(CancellationToken cancellation)
    {
        await ReadyAsync(cancellation).ConfigureAwait(false);
        foreach (Silo silo in _silos)
        {
            _verdict.Require(!silo.ReviveIfEvicted(), "silo-outlives-its-store", silo.Url.Authority, () => "it ended");
        }
    }

    public async Task CrashAsync(CancellationToken cancellation)
    {
        Probes probes = _probes ?? throw new InvalidOperationException("Nobody probes.");
        foreach (Silo evicted in _silos.Where(silo => silo.ReviveIfEvicted()).ToArray())
        {
            await evicted.StartedAsync(cancellation).ConfigureAwait(false);
        }

        await probes.RegisterAsync(cancellation).ConfigureAwait(false);
        Uri leader = await _store.ReadLeaderAsync(cancellation).ConfigureAwait(false);
        Silo leading = _silos.Single(silo => silo.Url.Authority == leader.Authority);
        (string kind, Silo[] victims) = Draw(leading);
        _entrance.BeginWatch();
        Task drained = Task.CompletedTask;
        if (kind == "drain")
        {
            drained = victims[0].DrainAsync();
        }
        else
        {
            await Task.WhenAll(victims.Select(silo => silo.KillAsync())).ConfigureAwait(false);
        }

        Task<IReadOnlyList<IReadOnlyList<double>>> reached = probes.AnsweredAsync(cancellation);
        Task restarted = RestartLaterAsync(drained, victims, cancellation);
        IReadOnlyList<IReadOnlyList<double>> times = await reached.ConfigureAwait(false);
        await restarted.ConfigureAwait(false);
        await ReadyAsync(cancellation).ConfigureAwait(false);
        Figures.Strikes.Add(new Strike(kind, victims.Length, victims.Contains(leading), _entrance.LongestSilence.TotalMilliseconds, times));

        _gate.Close();
        await _gate.EmptiedAsync(cancellation).ConfigureAwait(false);
        await ReadyAsync(cancellation).ConfigureAwait(false);
    }

    public Task<long> ReadEndAsync(CrowdGrainsClient staff, long heard, CancellationToken cancellation) => _store.ReadEndAsync(cancellation);

    /// <summary>All are killed at once. What that leaves on its way to the log they must bring there when they start again.</summary>
    public async Task EndAsync()
    {
        const int Attempts = 3;
        await Task.WhenAll(_silos.Select(silo => silo.KillAsync())).ConfigureAwait(false);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            await RestartAsync(_silos, CancellationToken.None).ConfigureAwait(false);
            await _store.EmptiedAsync(CancellationToken.None).ConfigureAwait(false);
            await Task.WhenAll(_silos.Select(silo => silo.KillAsync())).ConfigureAwait(false);
            if (await _store.CountOutboxAsync(CancellationToken.None).ConfigureAwait(false) == 0)
            {
                return;
            }

            // It was killed with an event just written.
        }

        throw _verdict.Report("outbox-is-emptied", "outbox", "events are left there");
    }

    public IReadOnlyList<string> ReadFailures() => [.. _silos.SelectMany(silo => silo.ReadFailures())];

    public void Dispose()
    {
        _entrance.Dispose();
        foreach (Silo silo in _silos)
        {
            silo.Dispose();
        }

        _store.Dispose();
    }

    private (string Kind, Silo[] Victims) Draw(Silo leading)
    {
        Silo[] shuffled = [.. _silos];
        _random.Shuffle(shuffled);
        return _random.Next(100) switch
        {
            < 45 => ("one", shuffled[..1]),
            < 65 => ("one", [leading]),
            < 77 => ("two", shuffled[..Math.Min(2, shuffled.Length)]),
            < 85 => ("all", shuffled),
            _ => ("drain", shuffled[..1]),
        };
    }

    /// <summary>One that is missing is missed for a while; several are started again soon, as those that are left may not be enough to declare them dead.</summary>
    private async Task RestartLaterAsync(Task drained, Silo[] victims, CancellationToken cancellation)
    {
        await drained.ConfigureAwait(false);
        int longest = victims.Length > 1 || _random.Next(2) == 0 ? 1_000 : 12_000;
        await Task.Delay(_random.Next(longest), cancellation).ConfigureAwait(false);
        await RestartAsync(victims, cancellation).ConfigureAwait(false);
    }

    private async Task RestartAsync(IReadOnlyList<Silo> silos, CancellationToken cancellation)
    {
        foreach (Silo silo in silos)
        {
            silo.Start();
            if (_random.Next(StillbornOneIn) == 0)
            {
                await Task.Delay(_random.Next(50, 3000), cancellation).ConfigureAwait(false);
                await silo.KillAsync().ConfigureAwait(false);
                Figures.KillsWhileStarting++;
                silo.Start();
            }
        }

        await Task.WhenAll(silos.Select(silo => silo.StartedAsync(cancellation))).ConfigureAwait(false);
    }

    private async Task ReadyAsync(CancellationToken cancellation)
    {
        try
        {
            await _entrance.ReadyAsync(LongestGap, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw _verdict.Report("interface-is-taken-over", "cluster", $"no silo is ready after {LongestGap.TotalSeconds} s");
        }
    }
}
