using System.Security.Cryptography;
using CrowdGrains.Api.Webhooks;

namespace CrowdGrains.Api.Tests.Webhooks;

public sealed class WebhookSecretTests
{
    [Fact]
    public void Sign_EqualsTheVectorOfStandardWebhooks() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
            .Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8));

    [Fact]
    public void Create_GivesBase64OfEnoughBytesThatDiffer()
    {
        string text = WebhookSecret.Create().Text;

        Assert.StartsWith("whsec_", text, StringComparison.Ordinal);
        Assert.Equal(32, Convert.FromBase64String(text["whsec_".Length..]).Length);
        Assert.NotEqual(text, WebhookSecret.Create().Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_not base64!")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2I=")]
    public void Parse_RefusesWhatIsNone(string text) => Assert.Throws<FormatException>(() => WebhookSecret.Parse(text));

    [Fact]
    public void Parse_RefusesTooLong() =>
        Assert.Throws<FormatException>(() => WebhookSecret.Parse("whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(65))));

    [Fact]
    public void ToString_HidesIt()
    {
        WebhookSecret secret = WebhookSecret.Create();

        Assert.DoesNotContain(secret.Text["whsec_".Length..], $"{secret}", StringComparison.Ordinal);
    }
}
