using CrowdGrains.Api.Webhooks;

namespace CrowdGrains.Api.Tests.Webhooks;

public sealed class DeliveryIdTests
{
    [Theory]
    [InlineData("dlv_7", 7, "")]
    [InlineData("dlv_7.wh_x.2", 7, "wh_x.2")]
    public void TryParse_ReadsWhatToStringWrites(string text, long sequence, string about)
    {
        Assert.True(DeliveryId.TryParse(text, out DeliveryId id));
        Assert.Equal(new DeliveryId(sequence, about), id);
        Assert.Equal(text, id.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("dlv_")]
    [InlineData("dlv_x")]
    [InlineData("dlv_-1")]
    [InlineData("dlv_1.")]
    [InlineData("dlv_1.\0")]
    [InlineData("dlv_1.a b")]
    [InlineData("dlv_99999999999999999999")]
    public void TryParse_RefusesWhatNobodyGaveOut(string text) => Assert.False(DeliveryId.TryParse(text, out _));
}
