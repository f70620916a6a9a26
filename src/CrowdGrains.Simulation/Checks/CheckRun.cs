using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.City;
using CrowdGrains.Simulation.Engine;
using CrowdGrains.Simulation.Faults;

namespace CrowdGrains.Simulation.Checks;

/// <summary>What a run found.</summary>
/// <param name="Violation">The first rule that did not hold; null when all did.</param>
/// <param name="VirtualSeconds">How much time passed in the city.</param>
public sealed record CheckResult(
    FaultOptions Options, Violation? Violation, double VirtualSeconds, long Turns, long DurableTurns, long Events, long Answers, int Requests, string TraceHash);

/// <summary>
/// One small city through everything that its options let go wrong, and after that through calm until it is quiet. Every promise is
/// looked at with every write. The same options give the same run.
/// </summary>
public sealed class CheckRun : IPlatformAudience
{
    /// <summary>So long after faults have stopped everything has come to its end.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromHours(6);

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Acknowledging = TimeSpan.FromHours(1);
    private static readonly Instant Start = new(1_767_225_600_000);
    private static readonly LatLng Center = LatLng.FromDegrees(47.37, 8.54);
    private static readonly Catalogue Catalogue = LoadCatalogue();

    /// <summary>Times are short, so that a run sees many of them end.</summary>
    private static readonly DispatchOptions Dispatch = new()
    {
        PresenceLease = TimeSpan.FromSeconds(60),

        // A handful of cells within each radius.
        SupplyResolutions = [6, 6, 6, 5],
        RetryAfter = TimeSpan.FromSeconds(5),
        MaxRetryAfter = TimeSpan.FromSeconds(30),
        EnRouteWithin = TimeSpan.FromMinutes(2),
        ArrivalSlack = TimeSpan.FromMinutes(2),
        OnSiteSlack = TimeSpan.FromMinutes(3),
        AskAgainAfterExpiry = TimeSpan.FromMinutes(2),
        MaxVisits = 3,
        RoundsKept = 2,
    };

    private readonly FaultOptions _options;
    private readonly Audit _audit = new() { Now = Start };
    private readonly Auditor _auditor;
    private readonly FaultyNetwork _network;
    private readonly FaultyPlatform _platform;
    private readonly Clients _clients;
    private readonly CityPeople _people;
    private readonly Mischief _mischief;
    private readonly Dispatcher _dispatcher;
    private TraceHash _hash;

    /// <param name="trace">Told what happens, grain by grain, as text; null for speed.</param>
    public CheckRun(FaultOptions options, Action<Instant, string>? trace = null)
        : this(options, new Saboteur(), trace)
    {
    }

    internal CheckRun(FaultOptions options, Saboteur saboteur, Action<Instant, string>? trace = null)
    {
        _options = options;
        _auditor = new Auditor(Catalogue, _audit);
        _network = new FaultyNetwork(options);
        DispatchRules rules = new(Catalogue, options.IsNearestPolicy ? DispatchPolicy.Nearest : DispatchPolicy.Score, new DistanceTravelTime(), Dispatch);
        _platform = new FaultyPlatform(rules, options, _network, Start, this, saboteur, trace);
        _clients = new Clients(_platform, _network, _auditor.Sent);
        CityOptions city = new() { Helpers = options.Helpers, Seed = options.Seed, ReportInterval = TimeSpan.FromSeconds(20) };
        _people = new CityPeople(_clients, Catalogue, city, [Center], Start + TimeSpan.FromSeconds(options.FaultSeconds) + Settling);
        _mischief = new Mischief(options, _clients, Center);
        _dispatcher = new Dispatcher(options, _clients, Center);
    }

    /// <summary>Told every event as it enters the log, in the order of the log. Default: nobody is.</summary>
    public Action<LoggedFact>? Log { get; init; }

    public CheckResult Run()
    {
        Violation? found = null;
        try
        {
            Live();
        }
        catch (ViolationException violation)
        {
            found = violation.Violation;
        }

        return new CheckResult(
            _options, found, (_platform.Now - Start).TotalSeconds, _platform.TurnCount, _platform.DurableTurnCount, _auditor.EventCount, _auditor.AnswerCount,
            _auditor.Submitted, _hash.ToString());
    }

    void IPlatformAudience.Logged(in LoggedFact fact)
    {
        _audit.Now = _platform.Now;
        _hash.Add(_platform.Now.UnixMilliseconds);
        _hash.Add(fact.Event.Type);
        _auditor.Logged(fact);
        Log?.Invoke(fact);
        _mischief.Hear(fact.Event);
        _dispatcher.Hear(fact.Event);
        if (fact.Event is not OfferMoved { Step: OfferStep.Confirmed } || !_network.ConfirmationIsUnseen())
        {
            _people.Happened(fact.Event);
        }
    }

    void IPlatformAudience.Stored(GrainId grain, long version, byte[] record)
    {
        _audit.Now = _platform.Now;
        _auditor.Stored(grain, version, record);
    }

    void IPlatformAudience.Answered(OperationId operation, Answer answer, Instant given)
    {
        _audit.Now = _platform.Now;
        _auditor.Answered(operation, answer, given);
        _clients.Answered(operation);
    }

    void IPlatformAudience.Wake(int who, int what)
    {
        switch ((CheckWake)what)
        {
            case CheckWake.TryAgain: _clients.TryAgain(who); break;
            case CheckWake.Mischief when _network.IsFaulty: _mischief.Meddle(); break;
            case CheckWake.Override when _network.IsFaulty: _dispatcher.Decide(); break;
            case CheckWake.Mischief or CheckWake.Override: break;
            default: _people.Wake(who, what); break;
        }
    }

    void IPlatformAudience.Broken(GrainId grain, InvariantViolationException violation)
    {
        _audit.Now = _platform.Now;
        _audit.Require(false, "invariant", grain, $"{violation.Message}");
    }

    private void Live()
    {
        _people.Begin();
        _mischief.Begin();
        _dispatcher.Begin();
        Expect();
        Instant calm = Start + TimeSpan.FromSeconds(_options.FaultSeconds);
        _platform.RunUntil(calm);
        _platform.EndFaults();
        for (Instant end = calm + Settling; _platform.Now < end && !(_auditor.IsQuiet() && _platform.Now > calm + Step);)
        {
            _platform.RunUntil(Instant.Earlier(_platform.Now + Step, end));
            _audit.Now = _platform.Now;
            _auditor.RequireTimely(_platform.Store);
        }

        // The last acknowledgements come in; a customer may rate in the last moment, and that takes one more.
        Instant last = _platform.Now + Acknowledging;
        do
        {
            _platform.RunUntil(_platform.Now + Step);
        }
        while (_platform.Now < last && !Auditor.IsSettled(_platform.Store));
        _audit.Now = _platform.Now;
        _auditor.RequireQuiet(_platform.Store);
    }

    /// <summary>Customers come at random while faults last.</summary>
    private void Expect()
    {
        SeededRandom random = new(_options.Seed, SeededRandom.Purpose.Demand, -1);
        Demand demand = new(Catalogue, _options.Seed);
        double at = 20;
        for (int number = 0; at < _options.FaultSeconds; number++)
        {
            _people.Expect(demand.Order(number, Start + TimeSpan.FromMilliseconds(Math.Floor(at * 1000)), Places.Near(Center, 1500, random), null));
            at += random.NextExponential(_options.RequestEverySeconds);
        }
    }

    private static Catalogue LoadCatalogue()
    {
        using Stream stream = typeof(CheckRun).Assembly.GetManifestResourceStream("Checks/check-catalogue.json")
            ?? throw new InvalidOperationException("The catalogue of the checks is missing from the assembly.");
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return CatalogueReader.Read(copy.ToArray());
    }
}
