using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores.Sqlite;
using CrowdGrains.Testing;

namespace CrowdGrains.Embedded.Tests;

/// <summary>An engine over a SQLite store in a folder of its own, and what tests do with it.</summary>
internal sealed class EngineStage : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("crowdgrains-engine-").FullName;
    private readonly DispatchRules _rules;
    private readonly EmbeddedOptions _options;
    private readonly TimeProvider _clock;
    private SqliteStore _sqlite;
    private int _operations;

    public EngineStage(DispatchRules? rules = null, EmbeddedOptions? options = null, TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _rules = rules ?? TestRules.Default;
        _options = options ?? new EmbeddedOptions { Shards = 2, StoreRetryAfter = TimeSpan.FromMilliseconds(5) };
        _sqlite = SqliteStore.Open(_folder);
        Store = new FaultyStore(_sqlite);
        Engine = Start();
    }

    public FaultyStore Store { get; private set; }

    public EmbeddedEngine Engine { get; private set; }

    public OperationId NextOperation() => OperationId.From($"op-{Interlocked.Increment(ref _operations)}");

    public Task<Answer> AskAsync(GrainId grain, Command command) => Engine.AskAsync(grain, command, TestContext.Current.CancellationToken).AsTask();

    public async Task<HelperId> OnlineAsync(string name, H3.LatLng? place = null, HelperProfile? profile = null)
    {
        HelperId helper = HelperId.From(name);
        Assert.Equal(Answer.Ok, await AskAsync(helper, new RegisterHelper(NextOperation(), profile ?? Profiles.Friend)));
        Assert.Equal(Answer.Ok, await AskAsync(helper, new GoOnline(NextOperation(), place ?? Sites.Home, null)));
        return helper;
    }

    public async Task<RequestId> SubmitAsync(string name, RequestSpec? spec = null)
    {
        RequestId request = RequestId.From(name);
        Assert.Equal(Answer.Ok, await AskAsync(request, new SubmitRequest(NextOperation(), spec ?? RequestStage.Spec())));
        return request;
    }

    /// <summary>Waits for the offer of a request.</summary>
    public async Task<OfferMoved> OfferAsync(RequestId request) =>
        (OfferMoved)(await EventAsync(happened => happened is OfferMoved { Step: OfferStep.Issued } offer && offer.Request == request)).Event;

    /// <summary>The first event that is wanted, from the beginning of the log on.</summary>
    public async Task<LoggedEvent> EventAsync(Func<GrainEvent, bool> isWanted)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        await foreach (LoggedEvent happened in Engine.Events.FollowAsync(0, patience.Token))
        {
            if (isWanted(happened.Event))
            {
                return happened;
            }
        }

        throw new InvalidOperationException("The log has no end.");
    }

    public async Task<(RequestId Request, HelperId Helper, OfferId Offer)> AssignAsync(string request, string helper)
    {
        HelperId assigned = await OnlineAsync(helper);
        RequestId submitted = await SubmitAsync(request);
        OfferMoved offer = await OfferAsync(submitted);
        Assert.Equal(Answer.Ok, await AskAsync(assigned, new AcceptOffer(NextOperation(), offer.Offer)));
        return (submitted, assigned, offer.Offer);
    }

    /// <summary>The process ends in good order and begins again.</summary>
    public async Task RestartAsync()
    {
        await Engine.DisposeAsync();
        _sqlite.Dispose();
        _sqlite = SqliteStore.Open(_folder);
        Store = new FaultyStore(_sqlite);
        Engine = Start();
    }

    public async ValueTask DisposeAsync()
    {
        // A test that failed in between must not hang as well.
        Store.LetGo();
        Store.LetLoad();
        await Engine.DisposeAsync();
        _sqlite.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private EmbeddedEngine Start() => EmbeddedEngine.Start(Store, _rules, _options, _clock);
}
