using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;
using static CrowdGrains.Core.Tests.Helpers.HelperExpectations;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Helpers;

/// <summary>A helper that takes two jobs at once.</summary>
public sealed class HelperCapacityTests
{
    private static readonly OperationId Op = Ids.Op("test");

    [Fact]
    public void Presence_IsReservedWhenSomeOfTheTimeIsOnlyOffered()
    {
        HelperStage helper = HelperStage.Bound(capacity: 2);
        helper.Tell(helper.Offer(2));
        Assert.Equal(Presence.Reserved, helper.State.Presence);
    }

    [Fact]
    public void VerdictTimer_PausesAsForTheRequestThatWasToldMostOften()
    {
        HelperStage helper = HelperStage.Awaiting(capacity: 2);
        helper.Fire(TimerKey.HelperVerdict);
        helper.Tell(helper.Offer(2));
        helper.Tell(new AcceptOffer(Op, Ids.Offer(2)));
        helper.Fire(TimerKey.HelperVerdict);
        Assert.Equal(helper.Now + TimeSpan.FromSeconds(8), helper.DueOf(TimerKey.HelperVerdict));
    }

    [Fact]
    public void Confirm_KeepsAskingForTheOtherVerdict()
    {
        HelperStage helper = HelperStage.Awaiting(capacity: 2);
        helper.Tell(helper.Offer(2));
        helper.Tell(new AcceptOffer(Op, Ids.Offer(2)));
        helper.Tell(new ConfirmOffer(Ids.Offer(1))).Is(
            TurnOutcome.Durable,
            Set(TimerKey.HelperVerdict, helper.Now + TimeSpan.FromSeconds(2)),
            Stepped(helper, OfferStep.Confirmed, 1),
            Reply(Ids.Op("accept")));
    }
}
