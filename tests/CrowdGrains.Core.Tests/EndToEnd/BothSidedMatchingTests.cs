using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.EndToEnd;

/// <summary>A helper who comes free finds what waits, without waiting for a timer of the request.</summary>
public sealed class BothSidedMatchingTests
{
    private static readonly RequestId FarAway = Ids.Request(1);
    private static readonly RequestId Close = Ids.Request(2);

    [Fact]
    public void GoOnline_BringsAnOfferOfTheNearestWaitingRequest()
    {
        MessagePump pump = Waiting();
        int before = pump.Events.Count;
        pump.Tell(Ids.Anna, new GoOnline(Ids.Op("online"), Sites.Home, null), 1);
        pump.RunUntil(pump.Now + TimeSpan.FromMilliseconds(200), () => { });
        Assert.Equal(Close, pump.Events.Skip(before).Select(happened => happened.Event).OfType<OfferMoved>().Single().Request);
    }

    [Fact]
    public void Release_BringsAnOfferOfTheNextWaitingRequest()
    {
        MessagePump pump = Waiting();
        pump.Tell(Ids.Anna, new GoOnline(Ids.Op("online"), Sites.Home, null), 1);
        pump.RunUntil(pump.Now + TimeSpan.FromMilliseconds(200), () => { });
        int before = pump.Events.Count;
        pump.Tell(Close, new CancelRequest(Ids.Op("cancel"), "no need"), 1);
        pump.RunUntil(pump.Now + TimeSpan.FromMilliseconds(300), () => { });
        OfferMoved[] moves = [.. pump.Events.Skip(before).Select(happened => happened.Event).OfType<OfferMoved>()];
        Assert.Equal([(OfferStep.Withdrawn, Close), (OfferStep.Issued, FarAway)], moves.Select(move => (move.Step, move.Request)));
    }

    /// <summary>Two requests wait, five kilometres and one from a helper who is off duty; all searches are over and no retry is near.</summary>
    private static MessagePump Waiting()
    {
        MessagePump pump = new(seed: 1, TestRules.Default);
        pump.Tell(Ids.Anna, new RegisterHelper(Ids.Op("register"), Profiles.Friend), 0);
        pump.Tell(FarAway, new SubmitRequest(Ids.Op("submit-1"), RequestStage.Spec() with { Position = Sites.At(5000, 0) }), 0);
        pump.Tell(Close, new SubmitRequest(Ids.Op("submit-2"), RequestStage.Spec() with { Position = Sites.Near }), 5);
        pump.RunUntil(pump.Now + TimeSpan.FromSeconds(5), () => { });
        Assert.All(pump.Requests, request => Assert.True(request.Timers.IsSet(TimerKey.RequestRetry)));
        return pump;
    }
}
