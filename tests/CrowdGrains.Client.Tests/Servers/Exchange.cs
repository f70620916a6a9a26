using System.Globalization;
using System.Text;

namespace CrowdGrains.Client.Tests.Servers;

/// <summary>One request and the bytes that answer it, or do not.</summary>
internal sealed class Exchange(ReceivedRequest request, Stream connection)
{
    public ReceivedRequest Request => request;

    public Task AnswerAsync(int status, string? json = null, params (string Name, string Value)[] headers) =>
        AnswerAsAsync(status, "application/json", json, headers);

    public async Task AnswerAsAsync(int status, string type, string? body, params (string Name, string Value)[] headers)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body ?? "");
        await SendAsync(Head(status, [("Content-Type", type), ("Content-Length", bytes.Length.ToString(CultureInfo.InvariantCulture)), .. headers]));
        await connection.WriteAsync(bytes);
    }

    /// <summary>Promises more than it sends, and breaks off.</summary>
    public async Task AnswerHalfAsync(string half)
    {
        await SendAsync(Head(201, [("Content-Type", "application/json"), ("Content-Length", "100000")]) + half);
        throw new DropException();
    }

    /// <summary>Begins a stream of events, in chunks.</summary>
    public Task BeginEventsAsync() => SendAsync(Head(200, [("Content-Type", "text/event-stream"), ("Transfer-Encoding", "chunked")]));

    public Task SendChunkAsync(string text) =>
        SendAsync(string.Create(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n"));

    public Task EndChunksAsync() => SendAsync("0\r\n\r\n");

    /// <summary>Breaks the connection without another byte.</summary>
    public static Task DropAsync() => throw new DropException();

    private async Task SendAsync(string text)
    {
        await connection.WriteAsync(Encoding.UTF8.GetBytes(text));
        await connection.FlushAsync();
    }

    private static string Head(int status, IEnumerable<(string Name, string Value)> headers) =>
        $"HTTP/1.1 {status} Status\r\n{string.Concat(headers.Select(header => $"{header.Name}: {header.Value}\r\n"))}\r\n";
}

/// <summary>Ends a connection on purpose.</summary>
internal sealed class DropException : Exception;
