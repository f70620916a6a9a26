using System.Text.Json;

namespace CrowdGrains.Api.Tests.Events;

/// <summary>One block of an event stream, its lines as they came.</summary>
internal sealed record SseBlock(string? Id, string? Event, string? Data, bool HasComment)
{
    public JsonElement Json => JsonDocument.Parse(Data ?? "").RootElement;
}

/// <summary>Reads an event stream block by block; asserts that it is written as such.</summary>
internal sealed class SseReader(HttpResponseMessage response) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private StreamReader? _reader;

    /// <summary>The next block; null at the end.</summary>
    public async Task<SseBlock?> ReadAsync(string awaited)
    {
        _reader ??= new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await ReadBlockAsync(_reader, patience.Token);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"Waited {Patience} for {awaited}.");
            return null;
        }
    }

    /// <summary>The next block that holds an event.</summary>
    public async Task<SseBlock> NextEventAsync()
    {
        while (true)
        {
            SseBlock block = await ReadAsync("an event") ?? throw new InvalidOperationException("The stream ended.");
            if (block.Data is not null)
            {
                Assert.Equal(block.Id, block.Json.GetProperty("id").GetString());
                Assert.Equal(block.Event, block.Json.GetProperty("type").GetString());
                return block;
            }
        }
    }

    public async Task<string[]> NextIdsAsync(int count)
    {
        string[] ids = new string[count];
        for (int i = 0; i < count; i++)
        {
            ids[i] = (await NextEventAsync()).Id!;
        }

        return ids;
    }

    public void Dispose() => response.Dispose();

    private static async Task<SseBlock?> ReadBlockAsync(StreamReader reader, CancellationToken cancellation)
    {
        SseBlock block = new(null, null, null, false);
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Length == 0)
            {
                return block;
            }

            block = line.Split(": ", 2) switch
            {
                ["id", var id] => block with { Id = id },
                ["event", var type] => block with { Event = type },
                ["data", var data] => block with { Data = data },
                [":"] => block with { HasComment = true },
                _ => throw new InvalidOperationException($"Not a line of an event stream: {line}"),
            };
        }

        return null;
    }
}
