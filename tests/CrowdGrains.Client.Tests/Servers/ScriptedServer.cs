using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CrowdGrains.Client.Tests.Servers;

/// <summary>A server on a free port of the loopback interface that answers each request with the next step of its script, and may misbehave.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<Func<Exchange, Task>> _script;
    private readonly ConcurrentQueue<ReceivedRequest> _received = [];
    private readonly ConcurrentBag<TcpClient> _connections = [];
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly Task _accepting;

    public ScriptedServer(params Func<Exchange, Task>[] script)
    {
        _script = new(script);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>What came, in order.</summary>
    public IReadOnlyList<ReceivedRequest> Received => [.. _received];

    /// <summary>Called with what came so far of a body in chunks.</summary>
    public Action<string> OnChunk { get; set; } = _ => { };

    /// <summary>Decides from the headers of a request that expects 100 whether its body is wanted.</summary>
    public Func<ReceivedRequest, bool> WantsBody { get; set; } = _ => true;

    /// <summary>One step that answers.</summary>
    public static Func<Exchange, Task> Answer(int status, string? json = null, params (string Name, string Value)[] headers) =>
        exchange => exchange.AnswerAsync(status, json, headers);

    public static Func<Exchange, Task> Drop { get; } = _ => Exchange.DropAsync();

    /// <summary>Waits for one more request.</summary>
    public async Task WaitForRequestAsync() => Assert.True(await _arrivals.WaitAsync(Patience), "No request came.");

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        foreach (TcpClient connection in _connections)
        {
            connection.Dispose();
        }

        await _accepting;
        _arrivals.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> serving = [];
        try
        {
            while (true)
            {
                TcpClient connection = await _listener.AcceptTcpClientAsync();
                _connections.Add(connection);
                serving.Add(ServeAsync(connection));
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
        {
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                NetworkStream stream = connection.GetStream();
                RequestReader reader = new(stream);
                while (await reader.ReadHeadAsync() is { } head)
                {
                    bool isBodyWanted = WantsBody(head);
                    if (head.Header("Expect") is not null && isBodyWanted)
                    {
                        await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 100 Continue\r\n\r\n"));
                    }

                    string body = isBodyWanted ? await reader.ReadBodyAsync(head, OnChunk) : "";
                    ReceivedRequest request = head with { Body = body };
                    _received.Enqueue(request);
                    _arrivals.Release();
                    Exchange exchange = new(request, stream);
                    await (_script.TryDequeue(out Func<Exchange, Task>? step)
                        ? step(exchange)
                        : exchange.AnswerAsync(500, """{"type":"about:blank","title":"The script is over.","status":500,"code":"script-over"}"""));
                    if (!isBodyWanted)
                    {
                        return;
                    }
                }
            }
            catch (Exception broken) when (broken is DropException or IOException or ObjectDisposedException)
            {
            }
        }
    }
}
