using CrowdGrains.Core.Helpers;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Helpers;

public sealed class HelperSnapshotTests
{
    [Fact]
    public void ToSnapshot_IsNullBeforeRegistration() => Assert.Null(HelperStage.Unregistered().State.ToSnapshot());

    [Fact]
    public void ToSnapshot_ShowsTheHelperAsItIs()
    {
        HelperStage helper = HelperStage.Reserved();
        HelperSnapshot snapshot = helper.State.ToSnapshot()!;
        Assert.Equal((Ids.Anna, helper.State.Version, Presence.Reserved, false), (snapshot.Id, snapshot.Version, snapshot.Presence, snapshot.IsStale));
        Assert.Same(helper.Card, snapshot.Card);
        Assert.Equal(helper.State.SeenAt, snapshot.SeenAt);
        Assert.True(snapshot.Position!.Value.DistanceMetersTo(Sites.Near) < 0.001);
        Assert.Equal(helper.State.Commitments, snapshot.Commitments);
    }

    [Fact]
    public void ToSnapshot_HasNoPositionBeforeTheFirstReport() => Assert.Null(HelperStage.Registered().State.ToSnapshot()!.Position);

    [Fact]
    public void ToSnapshot_DoesNotFollowLaterTurns()
    {
        HelperStage helper = HelperStage.Reserved();
        HelperSnapshot snapshot = helper.State.ToSnapshot()!;
        helper.Tell(new DeclineOffer(helper.NextOperation(), Ids.Offer(1), DeclineReason.Busy, null));
        Assert.Single(snapshot.Commitments);
    }
}
