using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;
using CrowdGrains.Testing;

namespace CrowdGrains.Embedded.Tests;

public sealed class EmbeddedEngineTests
{
    [Fact]
    public async Task Dispatch_RunsFromSubmissionToRating()
    {
        await using EngineStage stage = new();
        (RequestId request, HelperId helper, _) = await stage.AssignAsync("r1", "anna");
        Assert.Equal(Answer.Ok, await stage.AskAsync(request, new ReportEnRoute(stage.NextOperation(), helper)));
        Assert.Equal(Answer.Ok, await stage.AskAsync(request, new ReportArrival(stage.NextOperation(), helper)));
        Assert.Equal(Answer.Ok, await stage.AskAsync(request, new CompleteVisit(stage.NextOperation(), helper, Resolved: true)));
        Assert.Equal(Answer.Ok, await stage.AskAsync(request, new RateRequest(stage.NextOperation(), 5, Resolved: true)));
        await stage.EventAsync(happened => happened is HelperWasRated);
        RequestSnapshot? done = await stage.Engine.FindRequestAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(RequestStatus.Completed, done?.Status);
        HelperSnapshot? free = await stage.Engine.FindHelperAsync(helper, TestContext.Current.CancellationToken);
        Assert.Equal((1, 5), (free?.Card.Statistics.Visits, free?.Card.Statistics.Stars));
    }

    [Fact]
    public async Task Find_AnswersNullWhenNothingIsKnown()
    {
        await using EngineStage stage = new();
        Assert.Null(await stage.Engine.FindHelperAsync(Ids.Anna, TestContext.Current.CancellationToken));
        Assert.Null(await stage.Engine.FindRequestAsync(Ids.Request(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ask_AnswersNotFoundWhenNothingIsKnown()
    {
        await using EngineStage stage = new();
        Answer answer = await stage.AskAsync(Ids.Anna, new GoOffline(stage.NextOperation()));
        Assert.Equal(AnswerCode.NotFound, answer.Code);
    }

    [Fact]
    public async Task Ask_AnswersARepeatAsTheFirstTime_AfterARestart()
    {
        await using EngineStage stage = new();
        SubmitRequest submit = new(stage.NextOperation(), RequestStage.Spec());
        Assert.Equal(Answer.Ok, await stage.AskAsync(Ids.Request(1), submit));
        await stage.RestartAsync();
        Assert.Equal(Answer.Ok, await stage.AskAsync(Ids.Request(1), submit));
        Answer other = await stage.AskAsync(Ids.Request(1), new SubmitRequest(stage.NextOperation(), RequestStage.Spec()));
        Assert.Equal(AnswerCode.AlreadyExists, other.Code);
    }

    [Fact]
    public async Task Restart_KeepsAssignmentsAndGoesOn()
    {
        await using EngineStage stage = new();
        (RequestId request, HelperId helper, _) = await stage.AssignAsync("r1", "anna");
        long events = stage.Engine.Events.LastSequence;
        await stage.RestartAsync();
        Assert.Equal(events, stage.Engine.Events.LastSequence);
        RequestSnapshot? found = await stage.Engine.FindRequestAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((RequestStatus.Assigned, helper), (found?.Status, found?.Assignment?.Helper));
        Assert.Equal(Answer.Ok, await stage.AskAsync(request, new ReportEnRoute(stage.NextOperation(), helper)));
    }

    [Fact]
    public async Task Restart_FiresTimersOfGrainsThatNobodyAsksFor()
    {
        await using EngineStage stage = new(TestRules.With(TestRules.Options with { EnRouteWithin = TimeSpan.FromSeconds(1) }));
        (RequestId request, _, _) = await stage.AssignAsync("r1", "anna");
        await stage.RestartAsync();
        await stage.EventAsync(happened => happened is RequestAborted { Reason: "noShow" } aborted && aborted.Request == request);
    }

    [Fact]
    public async Task Report_MovesTheHelper()
    {
        await using EngineStage stage = new();
        HelperId helper = await stage.OnlineAsync("anna");
        Instant at = Instant.FromDateTimeOffset(DateTimeOffset.UtcNow);
        Assert.Equal(2, stage.Engine.Report([new PositionReport(helper, at, Sites.Near), new PositionReport(Ids.Ben, at, Sites.Near)]));
        HelperSnapshot? found = await stage.Engine.FindHelperAsync(helper, TestContext.Current.CancellationToken);
        Assert.Equal(0, found?.Position?.DistanceMetersTo(Sites.Near) ?? double.NaN, 0.01);
    }

    [Fact]
    public async Task CountFreeHelpers_CountsByFinerCells()
    {
        await using EngineStage stage = new();
        await stage.OnlineAsync("anna");
        await stage.OnlineAsync("ben");
        await stage.OnlineAsync("cora", Sites.Near);
        CellIndex home = CellIndex.FromLatLng(Sites.Home, 9);
        CellIndex near = CellIndex.FromLatLng(Sites.Near, 9);
        Dictionary<CellIndex, int> counts = new(await stage.Engine.CountFreeHelpersAsync(
            [.. new[] { Sites.Home, Sites.Near }.Select(place => CellIndex.FromLatLng(place, 7)).Distinct()], 9, TestContext.Current.CancellationToken));
        Assert.Equal((2, 1), (counts[home], counts[near]));
    }

    [Fact]
    public async Task Write_IsDurableWhenItReturns()
    {
        await using EngineStage stage = new();
        await stage.Engine.WriteAsync([new SqlWrite("INSERT INTO probe (id, at) VALUES (@p1, @p2)", 7L, 11L)], TestContext.Current.CancellationToken);
        await stage.RestartAsync();
        await using System.Data.Common.DbConnection connection = await stage.Store.Data.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using System.Data.Common.DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT at FROM probe WHERE id = 7";
        Assert.Equal(11L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ask_IsRefusedAfterTheEnd()
    {
        await using EngineStage stage = new();
        await stage.Engine.DisposeAsync();
        UnavailableException refused = await Assert.ThrowsAsync<UnavailableException>(() => stage.AskAsync(Ids.Anna, new GoOffline(stage.NextOperation())));
        Assert.Equal(UnavailableReason.Stopping, refused.Reason);
        Assert.Equal(EngineHealth.Stopped, stage.Engine.Health);
    }

    [Fact]
    public async Task ManyRequests_AreAllAssignedOnce()
    {
        await using EngineStage stage = new();
        const int Count = 200;
        await Task.WhenAll(Enumerable.Range(0, Count).Select(i => stage.OnlineAsync($"h{i}", Sites.At(i % 20 * 100, i / 20 * 100))));
        await Task.WhenAll(Enumerable.Range(0, Count).Select(async i =>
        {
            RequestId request = await stage.SubmitAsync($"r{i}", RequestStage.Spec() with { Position = Sites.At(i % 20 * 100, i / 20 * 100) });
            OfferMoved offer = await stage.OfferAsync(request);
            Assert.Equal(Answer.Ok, await stage.AskAsync(offer.Helper, new AcceptOffer(stage.NextOperation(), offer.Offer)));
        }));
        HashSet<HelperId> assigned = [];
        for (int i = 0; i < Count; i++)
        {
            RequestSnapshot? request = await stage.Engine.FindRequestAsync(RequestId.From($"r{i}"), TestContext.Current.CancellationToken);
            Assert.True(assigned.Add(request?.Assignment?.Helper ?? default));
        }
    }
}
