using CrowdGrains.Conformance.Tests.Engines;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;

namespace CrowdGrains.Conformance.Tests;

/// <summary>The people of the behaviours and their devices, over whatever engine.</summary>
public sealed class Town(IDispatchHarness engine)
{
    /// <summary>Well within the presence lease.</summary>
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Dictionary<HelperId, LatLng> _onDuty = [];
    private int _operations;

    public IDispatchHarness Engine { get; } = engine;

    public OperationId NextOperation() => OperationId.From($"op-{++_operations}");

    /// <summary>Registers a friend, or whoever the profile says, and lets it go online so many metres east of home.</summary>
    public async Task<HelperId> OnlineAsync(string name, double metersAway = 1000, HelperProfile? profile = null)
    {
        HelperId helper = await RegisterAsync(name, profile);
        await GoOnlineAsync(helper, metersAway);
        return helper;
    }

    public async Task<HelperId> RegisterAsync(string name, HelperProfile? profile = null)
    {
        HelperId helper = HelperId.From(name);
        await OkAsync(helper, operation => new RegisterHelper(operation, profile ?? Profiles.Friend));
        return helper;
    }

    public async Task GoOnlineAsync(HelperId helper, double metersAway = 1000)
    {
        _onDuty[helper] = Sites.At(metersAway, 0);
        await OkAsync(helper, operation => new GoOnline(operation, _onDuty[helper], null));
    }

    /// <summary>The helper's device reports no more.</summary>
    public void Silence(HelperId helper) => _onDuty.Remove(helper);

    public async Task<RequestId> SubmitAsync(string problem = "router", string name = "r1", Func<RequestSpec, RequestSpec>? change = null)
    {
        RequestId request = RequestId.From(name);
        RequestSpec spec = RequestStage.Spec(problem);
        await OkAsync(request, operation => new SubmitRequest(operation, change is null ? spec : change(spec)));
        return request;
    }

    /// <summary>Asks, and is answered Ok.</summary>
    public async Task OkAsync(GrainId grain, Func<OperationId, Command> command) => Assert.Equal(Answer.Ok, await AskAsync(grain, command));

    public Task<Answer> AskAsync(GrainId grain, Func<OperationId, Command> command) => Engine.AskAsync(grain, command(NextOperation()));

    /// <summary>Waits until the helper holds an offer of the request that nothing has become of.</summary>
    public async Task<OfferId> OfferAsync(RequestId request, HelperId helper, TimeSpan? within = null)
    {
        OfferMoved? offer = null;
        await UntilAsync($"an offer of {request} to {helper}", () => (offer = Held(request, helper)) is not null, within);
        return offer!.Offer;
    }

    /// <summary>The offer of the request that the helper holds now.</summary>
    public OfferMoved? Held(RequestId request, HelperId helper) =>
        Events<OfferMoved>().LastOrDefault(e => e.Request == request && e.Helper == helper) is { Step: OfferStep.Issued } held ? held : null;

    public async Task<OfferId> AcceptAsync(RequestId request, HelperId helper, TimeSpan? within = null)
    {
        OfferId offer = await OfferAsync(request, helper, within);
        await OkAsync(helper, operation => new AcceptOffer(operation, offer));
        return offer;
    }

    /// <summary>From the assignment to the end of the visit, with a minute between the steps.</summary>
    public async Task VisitAsync(RequestId request, HelperId helper, bool resolved = true)
    {
        await OkAsync(request, operation => new ReportEnRoute(operation, helper));
        await PassAsync(TimeSpan.FromMinutes(1));
        await OkAsync(request, operation => new ReportArrival(operation, helper));
        await PassAsync(TimeSpan.FromMinutes(1));
        await OkAsync(request, operation => new CompleteVisit(operation, helper, resolved));
    }

    /// <summary>Lets time pass while everybody on duty reports where they are.</summary>
    public async Task PassAsync(TimeSpan span)
    {
        for (Instant end = Engine.Now + span; Engine.Now < end;)
        {
            foreach ((HelperId helper, LatLng place) in _onDuty)
            {
                Engine.Report(helper, place);
            }

            TimeSpan left = end - Engine.Now;
            await Engine.PassAsync(left < ReportEvery ? left : ReportEvery);
        }
    }

    /// <summary>Lets time pass until something is so; ten seconds unless told.</summary>
    public async Task UntilAsync(string awaited, Func<Task<bool>> isSo, TimeSpan? within = null)
    {
        TimeSpan patience = within ?? Patience;
        TimeSpan step = TimeSpan.FromMilliseconds(Math.Max(200, patience.TotalMilliseconds / 100));
        for (Instant end = Engine.Now + patience; !await isSo();)
        {
            if (Engine.Now >= end)
            {
                Assert.Fail($"Awaited {awaited} for {patience}. What happened:\n{Story()}");
            }

            await PassAsync(step);
        }
    }

    public Task UntilAsync(string awaited, Func<bool> isSo, TimeSpan? within = null) => UntilAsync(awaited, () => Task.FromResult(isSo()), within);

    public Task UntilAsync(RequestId request, RequestStatus status, TimeSpan? within = null) =>
        UntilAsync($"{request} to be {status}", async () => (await RequestAsync(request)).Status == status, within);

    public async Task<RequestSnapshot> RequestAsync(RequestId request) =>
        await Engine.FindRequestAsync(request) ?? throw new InvalidOperationException($"{request} is not known.");

    public async Task<HelperSnapshot> HelperAsync(HelperId helper) =>
        await Engine.FindHelperAsync(helper) ?? throw new InvalidOperationException($"{helper} is not known.");

    public IEnumerable<T> Events<T>()
        where T : GrainEvent => Engine.Events.Select(happening => happening.Event).OfType<T>();

    /// <summary>The types of a grain's events, in order.</summary>
    public string[] TypesOf(GrainId grain) => [.. Engine.Events.Where(happening => happening.Grain == grain).Select(happening => happening.Event.Type)];

    public async Task RestartAsync()
    {
        await Engine.RestartAsync();
        foreach ((HelperId helper, LatLng place) in _onDuty)
        {
            Engine.Report(helper, place);
        }
    }

    /// <summary>What must hold whatever happened: a grain's events are numbered without gaps and never earlier than the one before.</summary>
    public void CheckLog()
    {
        foreach (IGrouping<GrainId, Happening> grain in Engine.Events.GroupBy(happening => happening.Grain))
        {
            Assert.Equal(Enumerable.Range(1, grain.Count()).Select(number => (long)number), grain.Select(happening => happening.Sequence));
            Assert.Equal(grain.Select(happening => happening.At), grain.Select(happening => happening.At).Order());
        }
    }

    private string Story() => string.Join('\n', Engine.Events.Select(happening => $"{happening.At} {happening.Grain} #{happening.Sequence} {happening.Event}"));

    /// <summary>A technician who can do all of the tiny catalogue's problems.</summary>
    public static HelperProfile Technician => Profiles.Technician;

    public static HelperProfile Company => Profiles.Technician with { Tier = Tier.Partner, RadiusMeters = 40_000, Capacity = 5 };
}
