using CrowdGrains.Conformance.Tests.Engines;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Conformance.Tests.Behaviours;

/// <summary>What every command can rely on: repeats, conditions, and refusals that change nothing.</summary>
public abstract class CommandBehaviour(Func<IDispatchHarness> start) : Behaviour(start)
{
    [Fact]
    public async Task Repeat_IsAnsweredTheSameAndChangesNothing()
    {
        SubmitRequest submit = new(Ids.Op("submit"), RequestStage.Spec());
        Assert.Equal(Answer.Ok, await Town.Engine.AskAsync(Ids.Request(1), submit));
        await Town.PassAsync(TimeSpan.FromSeconds(10));
        int events = Town.Engine.Events.Count;
        Assert.Equal(Answer.Ok, await Town.Engine.AskAsync(Ids.Request(1), submit));
        Assert.Equal(Answer.Ok, await Town.Engine.AskAsync(Ids.Request(1), submit));
        Assert.Equal(events, Town.Engine.Events.Count);
        Assert.Single(Town.Events<RequestSubmitted>());
    }

    [Fact]
    public async Task Repeat_OfAnAcceptanceIsAnsweredTheSame()
    {
        HelperId anna = await Town.OnlineAsync("anna");
        RequestId request = await Town.SubmitAsync();
        OfferId offer = await Town.OfferAsync(request, anna);
        AcceptOffer accept = new(Ids.Op("accept"), offer);
        Assert.Equal(Answer.Ok, await Town.Engine.AskAsync(anna, accept));
        Assert.Equal(Answer.Ok, await Town.Engine.AskAsync(anna, accept));
        Assert.Equal(Answer.Ok, await Town.AskAsync(anna, operation => new AcceptOffer(operation, offer)));
        Assert.Single(Town.Events<RequestAssigned>());
    }

    [Fact]
    public async Task Repeat_OfALostAcceptanceStaysLost()
    {
        HelperId anna = await Town.OnlineAsync("anna", 500, Town.Technician);
        HelperId ben = await Town.OnlineAsync("ben", 1000, Town.Technician);
        RequestId request = await Town.SubmitAsync("lift");
        OfferId lost = await Town.OfferAsync(request, anna);
        await Town.AcceptAsync(request, ben);
        AcceptOffer late = new(Ids.Op("late"), lost);
        Assert.Equal(AnswerCode.OfferLost, (await Town.Engine.AskAsync(anna, late)).Code);
        Assert.Equal(AnswerCode.OfferLost, (await Town.Engine.AskAsync(anna, late)).Code);
    }

    [Fact]
    public async Task AnotherOperation_IsJudgedByItself()
    {
        RequestId request = await Town.SubmitAsync();
        Assert.Equal(AnswerCode.AlreadyExists, (await Town.AskAsync(request, operation => new SubmitRequest(operation, RequestStage.Spec()))).Code);
        HelperId anna = await Town.RegisterAsync("anna");
        Assert.Equal(AnswerCode.AlreadyExists, (await Town.AskAsync(anna, operation => new RegisterHelper(operation, Profiles.Friend))).Code);
    }

    [Fact]
    public async Task IfVersion_ThatDoesNotHoldChangesNothing()
    {
        HelperId anna = await Town.OnlineAsync("anna");
        HelperSnapshot before = await Town.HelperAsync(anna);
        HelperProfile renamed = Profiles.Friend with { Name = "Anna B." };
        Answer answer = await Town.AskAsync(anna, operation => new UpdateHelper(operation, renamed) { IfVersion = Versions.Of(before.Version - 1) });
        Assert.Equal(AnswerCode.VersionMismatch, answer.Code);
        Assert.Equal((before.Version, Profiles.Friend.Name), ((await Town.HelperAsync(anna)).Version, (await Town.HelperAsync(anna)).Card.Profile.Name));
        await Town.OkAsync(anna, operation => new UpdateHelper(operation, renamed) { IfVersion = Versions.Of(before.Version) });
        Assert.Equal((before.Version + 1, "Anna B."), ((await Town.HelperAsync(anna)).Version, (await Town.HelperAsync(anna)).Card.Profile.Name));
    }

    [Fact]
    public async Task Reports_DoNotChangeTheVersion()
    {
        HelperId anna = await Town.OnlineAsync("anna");
        HelperSnapshot before = await Town.HelperAsync(anna);
        Town.Engine.Report(anna, Sites.At(1100, 0));
        await Town.UntilAsync("the report to arrive", async () => (await Town.HelperAsync(anna)).Position?.DistanceMetersTo(Sites.At(1100, 0)) < 1);
        Assert.Equal(before.Version, (await Town.HelperAsync(anna)).Version);
    }

    [Fact]
    public async Task UnknownGrains_AreNotFoundAndNotMade()
    {
        HelperId nobody = Ids.Anna;
        RequestId nothing = Ids.Request(1);
        Assert.Equal(AnswerCode.NotFound, (await Town.AskAsync(nobody, operation => new GoOffline(operation))).Code);
        Assert.Equal(AnswerCode.NotFound, (await Town.AskAsync(nothing, operation => new CancelRequest(operation, ""))).Code);
        Assert.Null(await Town.Engine.FindHelperAsync(nobody));
        Assert.Null(await Town.Engine.FindRequestAsync(nothing));
        Assert.Empty(Town.Engine.Events);
    }

    [Fact]
    public async Task InvalidCommands_NameTheFieldAndChangeNothing()
    {
        RequestSpec spec = RequestStage.Spec("no-such-problem");
        Answer answer = await Town.AskAsync(Ids.Request(1), operation => new SubmitRequest(operation, spec));
        Assert.Equal((AnswerCode.Invalid, "/problem"), (answer.Code, answer.Field));
        Assert.Null(await Town.Engine.FindRequestAsync(Ids.Request(1)));
        Assert.Empty(Town.Engine.Events);
    }

    [Fact]
    public async Task Labels_ComeBackAsTheyWereGiven()
    {
        Labels labels = new("crm:7", [new("floor", "3"), new("größe", "XL")]);
        RequestId request = await Town.SubmitAsync(change: spec => spec with { Labels = labels, Partner = PartnerId.From("p1") });
        await Town.RestartAsync();
        RequestSpec spec = (await Town.RequestAsync(request)).Submission.Spec;
        Assert.Equal((Snapshot.Of(labels), PartnerId.From("p1")), (Snapshot.Of(spec.Labels), spec.Partner));
    }
}
