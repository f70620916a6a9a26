using CrowdGrains.Core.Matching;
using CrowdGrains.Embedded;
using CrowdGrains.Server.Demo;

namespace CrowdGrains.Server.Tests.Demo;

public sealed class DemoRulesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(240)]
    [InlineData(600)]
    public void Options_AreValidAtEverySpeed(double speed)
    {
        DispatchOptions dispatch = DemoRules.Dispatch(speed).Validate();

        Assert.NotNull(DemoRules.Engine(speed).Validate(dispatch.PresenceLease));
        Assert.NotNull(DemoRules.Api(speed).Validate());
    }

    [Fact]
    public void Dispatch_WaitsForTheMachineAsLongInRealTimeAndLeavesPeopleTheirs()
    {
        DispatchOptions usual = new();
        DispatchOptions demo = DemoRules.Dispatch(60);

        Assert.Equal(usual.SearchTimeout, demo.SearchTimeout / 60);
        Assert.Equal(usual.DeliveryTimeout, demo.DeliveryTimeout / 60);
        Assert.Equal(new EmbeddedOptions().AnswerTimeout, DemoRules.Engine(60).AnswerTimeout / 60);
        Assert.Equal((usual.RetryAfter, usual.EnRouteWithin, usual.AskAgainAfterExpiry), (demo.RetryAfter, demo.EnRouteWithin, demo.AskAgainAfterExpiry));
    }
}
