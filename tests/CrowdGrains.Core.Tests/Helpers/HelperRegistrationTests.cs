using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;
using static CrowdGrains.Core.Tests.Helpers.HelperExpectations;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Helpers;

public sealed class HelperRegistrationTests
{
    private static readonly OperationId Op = Ids.Op("test");

    [Fact]
    public void Register_MakesTheHelperKnown()
    {
        HelperStage helper = HelperStage.Unregistered();
        helper.Tell(new RegisterHelper(Op, Profiles.Friend)).Is(
            TurnOutcome.Durable,
            Emit(new HelperRegistered(helper.Id, Profiles.Friend)),
            Reply(Op));
        Assert.Equal(new HelperCard(helper.Id, Profiles.Friend, new HelperStatistics(0, 0, 0, 0, helper.Now), Instant.Never), helper.State.Card);
        Assert.Equal(Presence.Offline, helper.State.Presence);
    }

    [Fact]
    public void Register_BringsTheHelperOnlineAtItsPositionInTheSameTurn()
    {
        HelperStage helper = HelperStage.Unregistered();
        helper.Tell(new RegisterHelper(Op, Profiles.Friend, Sites.Near)).Is(
            TurnOutcome.Durable,
            [
                Emit(new HelperRegistered(helper.Id, Profiles.Friend)),
                Set(TimerKey.HelperPresence, helper.Now + TimeSpan.FromSeconds(60)),
                Emit(new HelperWentOnline(helper.Id, CellIndex.FromLatLng(Sites.Near, 5))),
                .. BecameFree(helper, nth: 1, search: 1),
                Reply(Op),
            ]);
        Assert.Equal(Presence.Available, helper.State.Presence);
        Assert.Equal(Instant.Never, helper.Card.Until);
    }

    [Fact]
    public void Register_IsRefusedWhenAProfileFieldIsOutOfRange()
    {
        HelperStage helper = HelperStage.Unregistered();
        helper.Tell(new RegisterHelper(Op, Profiles.Friend with { Capacity = 0 })).IsRefused(
            Refusal.Invalid, Reply(Op, new Answer(AnswerCode.Invalid, "/capacity", "must be 1 to 100")));
        Assert.Null(helper.State.Card);
    }

    [Fact]
    public void Register_IsRefusedWhenRegistered()
    {
        HelperStage helper = HelperStage.Registered();
        helper.Tell(new RegisterHelper(Op, Profiles.Technician)).IsRefused(Refusal.Repeated, Reply(Op, new Answer(AnswerCode.AlreadyExists)));
        Assert.Equal(Tier.Friend, helper.Card.Profile.Tier);
    }

    [Fact]
    public void Register_IsAnsweredTheSameWhenRepeated()
    {
        HelperStage helper = HelperStage.Unregistered();
        helper.Tell(new RegisterHelper(Op, Profiles.Friend));
        helper.Tell(new RegisterHelper(Op, Profiles.Friend)).IsRefused(Refusal.Repeated, Reply(Op));
    }

    [Fact]
    public void AnyCommand_IsNotFoundWhenUnregistered() =>
        HelperStage.Unregistered().Tell(new GoOffline(Op)).IsRefused(Refusal.Unknown, Reply(Op, new Answer(AnswerCode.NotFound)));

    [Fact]
    public void IssueOffer_IsRefusedWhenUnregistered()
    {
        HelperStage helper = HelperStage.Unregistered();
        helper.Tell(helper.Offer(1)).IsRefused(
            Refusal.Unknown, Send(Ids.Request(1), new OfferRefused(Ids.Offer(1), NotAskedReason.Unknown)));
    }

    [Fact]
    public void Release_IsAcknowledgedWhenUnregistered() =>
        HelperStage.Unregistered().Tell(new ReleaseHelper(Ids.Offer(1), Ids.Request(1), ReleaseReason.Completed)).IsRefused(
            Refusal.Unknown, Send(Ids.Request(1), new HelperReleased(Ids.Offer(1))));

    [Fact]
    public void Rated_IsAcknowledgedWhenUnregistered() =>
        HelperStage.Unregistered().Tell(new HelperRated(Ids.Request(1), 5)).IsRefused(
            Refusal.Unknown, Send(Ids.Request(1), new RatingCounted(Ids.Anna)));

    [Fact]
    public void AnyOther_IsUnknownWhenUnregistered() =>
        HelperStage.Unregistered().Tell(new PositionReported(ManualClock.Start, Sites.Near)).IsRefused(Refusal.Unknown);

    [Fact]
    public void AnyOther_IsUnknownWhenItIsAnotherGrainsMessage() =>
        HelperStage.Online().Tell(new OfferExpired(Ids.Offer(1))).IsRefused(Refusal.Unknown);

    [Fact]
    public void Update_ReplacesTheProfile()
    {
        HelperStage helper = HelperStage.Registered();
        HelperProfile wider = Profiles.Friend with { RadiusMeters = 9000 };
        helper.Tell(new UpdateHelper(Op, wider)).Is(TurnOutcome.Durable, Emit(new HelperUpdated(helper.Id, wider)), Reply(Op));
        Assert.Equal(wider, helper.Card.Profile);
    }

    [Fact]
    public void Update_ListsTheHelperAnewWhenAvailable()
    {
        HelperStage helper = HelperStage.Online();
        HelperProfile wider = Profiles.Friend with { RadiusMeters = 9000 };
        helper.Tell(new UpdateHelper(Op, wider)).Is(
            TurnOutcome.Durable,
            [Delisted(helper, Sites.Near, nth: 2), Emit(new HelperUpdated(helper.Id, wider)), Reply(Op), .. BecameFree(helper, nth: 3, search: 3)]);
    }

    [Fact]
    public void Update_StopsTheSearchWhenNoRoomIsLeft()
    {
        HelperStage helper = HelperStage.Reserved(capacity: 2, offers: 2);
        helper.Tell(new DeclineOffer(helper.NextOperation(), Ids.Offer(2), DeclineReason.Busy, null));
        helper.Tell(new UpdateHelper(Op, Profiles.Friend));
        Assert.False(helper.State.Timers.IsSet(TimerKey.HelperMatch));
        Assert.True(helper.State.ListedIn.IsNone);
    }

    [Fact]
    public void Update_IsRefusedWhenAProfileFieldIsOutOfRange() =>
        HelperStage.Registered().Tell(new UpdateHelper(Op, Profiles.Friend with { Name = "" })).IsRefused(
            Refusal.Invalid, Reply(Op, new Answer(AnswerCode.Invalid, "/name", "must have 1 to 200 characters")));

    [Fact]
    public void Update_IsRefusedWhenTheCapacityFallsBelowWhatIsPromised() =>
        HelperStage.Reserved(capacity: 2, offers: 2).Tell(new UpdateHelper(Op, Profiles.Friend)).IsRefused(
            Refusal.WrongState, Reply(Op, new Answer(AnswerCode.WrongState, "/capacity", "is less than the jobs and offers at hand")));

    [Fact]
    public void Rated_CountsTheStars()
    {
        HelperStage helper = HelperStage.Online();
        helper.Tell(new HelperRated(Ids.Request(1), 4)).Is(
            TurnOutcome.Durable, Send(Ids.Request(1), new RatingCounted(Ids.Anna)), Emit(new HelperWasRated(helper.Id, Ids.Request(1), 4)));
        Assert.Equal(new HelperStatistics(0, 0, Ratings: 1, Stars: 4, helper.Now), helper.Card.Statistics);
    }

    [Fact]
    public void Rated_CountsOnceWhenRepeated()
    {
        HelperStage helper = HelperStage.Online();
        helper.Tell(new HelperRated(Ids.Request(1), 4));
        helper.Tell(new HelperRated(Ids.Request(1), 4)).IsRefused(Refusal.Repeated, Send(Ids.Request(1), new RatingCounted(Ids.Anna)));
        Assert.Equal(1, helper.Card.Statistics.Ratings);
    }
}
