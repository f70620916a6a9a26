using System.Threading.Channels;
using CrowdGrains.Client.Contract;
using CrowdGrains.Client.Positions;
using CrowdGrains.Client.Tests.Servers;
using static CrowdGrains.Client.Tests.Servers.ScriptedServer;

namespace CrowdGrains.Client.Tests.Positions;

public sealed class SendPositionsTests
{
    private const string Result = """{"accepted":2,"rejected":1,"errors":[{"line":3,"code":"unknown-helper"}]}""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Send_StreamsAllLinesInOneCall()
    {
        await using Stage stage = new(Answer(200, Result));
        PositionsResult result = await stage.Client.Positions.SendAsync(Enumerable.Range(0, 5000).Select(i => new PositionLine($"h{i}", 1, 2)));
        Assert.Equal((2, 1, new LineError(3, "unknown-helper")), (result.Accepted, result.Rejected, result.Errors[0]));
        ReceivedRequest received = Assert.Single(stage.Server.Received);
        Assert.Equal(("POST", "/v1/positions", "application/x-ndjson"), (received.Method, received.Target, received.Header("Content-Type")));
        Assert.Equal(5000, received.Body.Count(c => c == '\n'));
        Assert.Equal("chunked", received.Header("Transfer-Encoding"));
    }

    [Fact]
    public async Task Send_PassesALineOnWhileTheNextIsStillToCome()
    {
        TaskCompletionSource<string> first = new();
        await using Stage stage = new(Answer(200, Result));
        stage.Server.OnChunk = text => first.TrySetResult(text);
        Channel<PositionLine> lines = Channel.CreateUnbounded<PositionLine>();
        Task<PositionsResult> sending = stage.Client.Positions.SendAsync(lines.Reader.ReadAllAsync());
        lines.Writer.TryWrite(new PositionLine("h1", 1, 2));
        Assert.Contains("h1", await first.Task.WaitAsync(Patience), StringComparison.Ordinal);
        lines.Writer.TryWrite(new PositionLine("h2", 1, 2));
        lines.Writer.Complete();
        await sending;
        Assert.Equal(2, stage.Server.Received[0].Body.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Send_SaysThatItLivesWhileTheSourceIsSilent()
    {
        TaskCompletionSource sign = new();
        await using Stage stage = new(Answer(200, Result));
        using CrowdGrainsClient client = new(stage.Server.Address, "key-1", new CrowdGrainsClientOptions { Clock = stage.Clock, AttemptTimeout = Stage.Limit });
        stage.Server.OnChunk = text => _ = text.EndsWith("\n\n", StringComparison.Ordinal) && sign.TrySetResult();
        Channel<PositionLine> lines = Channel.CreateUnbounded<PositionLine>();
        lines.Writer.TryWrite(new PositionLine("h1", 1, 2));
        Task<PositionsResult> sending = client.Positions.SendAsync(lines.Reader.ReadAllAsync());

        await sign.Task.WaitAsync(Patience);

        lines.Writer.TryWrite(new PositionLine("h2", 1, 2));
        lines.Writer.Complete();
        await sending.WaitAsync(Patience);
        Assert.Contains(TimeSpan.FromSeconds(20), stage.Clock.Pauses);
        Assert.Equal(2, stage.Server.Received[0].Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Send_MakesNoLineWhenTheServerRefusesAtTheDoor()
    {
        await using Stage stage = new(Answer(401));
        stage.Server.WantsBody = _ => false;
        bool isAsked = false;
        CrowdGrainsException refused = await Assert.ThrowsAsync<CrowdGrainsException>(() => stage.Client.Positions.SendAsync((_, _) =>
        {
            isAsked = true;
            return ValueTask.FromResult(false);
        }));
        Assert.Equal(401, refused.Status);
        Assert.False(isAsked);
    }

    [Fact]
    public async Task Send_IsNotRepeatedWhenTheConnectionBreaks()
    {
        await using Stage stage = new(Drop, Answer(200, Result));
        CrowdGrainsException broken = await Assert.ThrowsAsync<CrowdGrainsException>(() => stage.Client.Positions.SendAsync([new PositionLine("h1", 1, 2)]));
        Assert.Equal(ProblemCodes.NoAnswer, broken.Code);
        Assert.Single(stage.Server.Received);
    }

    [Fact]
    public async Task Send_EndsItsSourceWhenItIsCancelled()
    {
        using CancellationTokenSource caller = new();
        TaskCompletionSource first = new();
        await using Stage stage = new(Answer(200, Result));
        stage.Server.OnChunk = _ => first.TrySetResult();
        Channel<PositionLine> lines = Channel.CreateUnbounded<PositionLine>();
        lines.Writer.TryWrite(new PositionLine("h1", 1, 2));
        Task<PositionsResult> sending = stage.Client.Positions.SendAsync(lines.Reader.ReadAllAsync(), caller.Token);
        await first.Task.WaitAsync(Patience);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(Patience));
    }
}
