using System.Net;
using System.Net.Sockets;
using System.Text;
using CrowdGrains.Api.Webhooks;
using CrowdGrains.Testing;

namespace CrowdGrains.Api.Tests.Webhooks;

public sealed class WebhookTransportTests
{
    private static readonly WebhookOptions Open = new() { AllowHttp = true, AllowPrivateTargets = true };
    private static readonly SignedMessage Message = new("evt_1", "1", "v1,x", "{}"u8.ToArray());

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("2130706433")]
    [InlineData("0177.0.0.1")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task Post_ReachesNoPrivateAddress(string host)
    {
        await using Receiver receiver = await Receiver.StartAsync();
        using WebhookTransport transport = new(new WebhookOptions { AllowHttp = true }, TimeProvider.System);

        AttemptOutcome outcome = await PostAsync(transport, $"http://{host}:{new Uri(receiver.Url).Port}/in");

        Assert.False(outcome.IsDelivered);
        Assert.Contains("not on the Internet", outcome.Error, StringComparison.Ordinal);
        Assert.False(receiver.HasMore);
    }

    [Fact]
    public async Task Post_ReachesPrivateAddressesWhenAllowed()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        using WebhookTransport transport = new(Open, TimeProvider.System);

        Assert.Equal(AttemptOutcome.Delivered(204), await PostAsync(transport, receiver.Url));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Post_FollowsNoRedirect(int status)
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.AnswerWith(status, response => response.Headers.Location = "/elsewhere");
        using WebhookTransport transport = new(Open, TimeProvider.System);

        AttemptOutcome outcome = await PostAsync(transport, receiver.Url);

        Assert.Equal(status, outcome.Status);
        Assert.False(outcome.IsDelivered);
        Assert.Equal("/in", (await receiver.NextAsync("the post")).Path);
        Assert.False(receiver.HasMore);
    }

    [Fact]
    public async Task Post_ReadsLittleOfAnEndlessAnswer()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        TaskCompletionSource<long> cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answer = async (http, _) =>
        {
            http.Response.StatusCode = 500;
            byte[] chunk = Encoding.ASCII.GetBytes(new string('x', 16 * 1024));
            long sent = 0;
            try
            {
                while (true)
                {
                    await http.Response.Body.WriteAsync(chunk, http.RequestAborted);
                    await http.Response.Body.FlushAsync(http.RequestAborted);
                    sent += chunk.Length;
                }
            }
            catch (Exception ended) when (ended is OperationCanceledException or IOException)
            {
                cut.SetResult(sent);
            }
        };
        using WebhookTransport transport = new(Open, TimeProvider.System);

        AttemptOutcome outcome = await PostAsync(transport, receiver.Url);

        Assert.Equal(500, outcome.Status);
        Assert.Equal("HTTP 500", outcome.Error);
        await cut.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Post_GivesUpOnASilentTarget()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.Answer = (http, _) => Task.Delay(Timeout.Infinite, http.RequestAborted);
        ManualTimeProvider clock = new();
        using WebhookTransport transport = new(Open, clock);
        Task<AttemptOutcome> post = PostAsync(transport, receiver.Url);
        await receiver.NextAsync("the post");
        Assert.False(post.IsCompleted);

        clock.Advance(Open.AttemptTimeout);

        AttemptOutcome outcome = await post.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Null(outcome.Status);
        Assert.Equal("No answer within 10 s.", outcome.Error);
    }

    [Fact]
    public async Task Post_SaysThatNobodyListens()
    {
        Receiver receiver = await Receiver.StartAsync();
        await receiver.DisposeAsync();
        using WebhookTransport transport = new(Open, TimeProvider.System);

        AttemptOutcome outcome = await PostAsync(transport, receiver.Url);

        Assert.Equal(AttemptOutcome.Failed(null, "No connection: ConnectionRefused."), outcome);
    }

    [Fact]
    public async Task Post_QuotesNothingOfAnAnswerThatIsNone()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        using WebhookTransport transport = new(Open, TimeProvider.System);
        Task<AttemptOutcome> post = PostAsync(transport, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/in");
        using Socket peer = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await peer.SendAsync("the key is under the mat\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal("No answer: InvalidResponse.", (await post).Error);
    }

    [Fact]
    public async Task Post_KeepsRetryAfter()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        receiver.AnswerWith(503, response => response.Headers.RetryAfter = "120");
        using WebhookTransport transport = new(Open, TimeProvider.System);

        Assert.Equal(TimeSpan.FromMinutes(2), (await PostAsync(transport, receiver.Url)).RetryAfter);
    }

    private static Task<AttemptOutcome> PostAsync(WebhookTransport transport, string url) =>
        transport.PostAsync(new Uri(url), Message, TestContext.Current.CancellationToken);
}
