using System.Net;
using CrowdGrains.Api.Webhooks;

namespace CrowdGrains.Api.Tests.Webhooks;

/// <summary>Names that lead elsewhere from one look-up to the next: what counts is where the connection goes.</summary>
public sealed class RebindingTests
{
    private const string Name = "hooks.example.com";
    private static readonly SignedMessage Message = new("evt_1", "1", "v1,x", "{}"u8.ToArray());

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("8.8.8.8", "127.0.0.1")]
    [InlineData("2606:4700:4700::1111", "::ffff:10.0.0.1")]
    public async Task Post_RefusesANameThatLeadsInside(params string[] addresses)
    {
        await using Receiver receiver = await Receiver.StartAsync();
        using WebhookTransport transport = new(new WebhookOptions { AllowHttp = true }, TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([.. addresses.Select(IPAddress.Parse)]));

        AttemptOutcome outcome = await PostAsync(transport, receiver);

        Assert.False(outcome.IsDelivered);
        Assert.Contains("not on the Internet", outcome.Error, StringComparison.Ordinal);
        Assert.False(receiver.HasMore);
    }

    [Fact]
    public async Task Post_ConnectsToWhatWasJudged()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        List<string> asked = [];
        using WebhookTransport transport = new(new WebhookOptions { AllowHttp = true, AllowPrivateTargets = true }, TimeProvider.System, (name, _) =>
        {
            // From the second look-up on the name leads to where nobody listens.
            asked.Add(name);
            return Task.FromResult<IPAddress[]>([IPAddress.Parse(asked.Count == 1 ? "127.0.0.1" : "127.0.0.2")]);
        });

        Assert.Equal(AttemptOutcome.Delivered(204), await PostAsync(transport, receiver));
        Assert.Equal([Name], asked);
    }

    private static Task<AttemptOutcome> PostAsync(WebhookTransport transport, Receiver receiver) =>
        transport.PostAsync(new Uri($"http://{Name}:{new Uri(receiver.Url).Port}/in"), Message, TestContext.Current.CancellationToken);
}
