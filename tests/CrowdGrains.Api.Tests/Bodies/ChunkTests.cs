using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CrowdGrains.Api.Tests.Bodies;

/// <summary>Chunks of a body that are none: no client library sends them.</summary>
public sealed class ChunkTests(ApiServer server) : IClassFixture<ApiServer>
{
    /// <summary>The log is written before the connection ends, which is waited for.</summary>
    [Theory]
    [InlineData("/v1/helpers", "application/json", "FFFFFFFFF\r\n")]
    [InlineData("/v1/helpers", "application/json", "FFFFFFFFFFFFFFFFFFFF\r\n{}")]
    [InlineData("/v1/helpers", "application/json", "-1\r\n")]
    [InlineData("/v1/helpers", "application/json", "zz\r\n")]
    [InlineData("/v1/positions", "application/x-ndjson", "FFFFFFFFF\r\n")]
    public async Task BadChunkSize_IsABadRequestAndNoFaultOfTheServer(string path, string mediaType, string body)
    {
        string answer = await SendAsync(path, mediaType, body);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"bad-request\"", answer, StringComparison.Ordinal);
        Assert.Empty(server.Log.Lines);
    }

    [Fact]
    public async Task TooManyChunks_EndTheConnectionInOrder()
    {
        string answer = await SendAsync("/v1/helpers", "application/json", "12000\r\n" + new string(' ', 0x12000) + "\r\n0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Empty(server.Log.Lines);
    }

    /// <summary>Often: what went wrong depended on which the server noticed first, the end of the body or of the connection.</summary>
    [Theory]
    [InlineData("/v1/helpers", "application/json")]
    [InlineData("/v1/positions", "application/x-ndjson")]
    public async Task TornBody_EndsTheConnectionInOrder(string path, string mediaType)
    {
        for (int i = 0; i < 200; i++)
        {
            await SendAsync(path, mediaType, "5\r\n{\"", isTorn: true);
        }

        Assert.Empty(server.Log.Lines);
    }

    private async Task<string> SendAsync(string path, string mediaType, string body, bool isTorn = false)
    {
        using TcpClient tcp = new();
        await tcp.ConnectAsync(IPAddress.Loopback, server.Http.BaseAddress!.Port, TestContext.Current.CancellationToken);
        string request = $"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {ApiServer.AdminKey}\r\nContent-Type: {mediaType}\r\nTransfer-Encoding: chunked\r\n\r\n{body}";
        NetworkStream stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);

        if (isTorn)
        {
            tcp.Client.Shutdown(SocketShutdown.Send);
        }

        using StreamReader reader = new(stream);
        try
        {
            return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        }
        catch (IOException) when (isTorn)
        {
            return "";
        }
    }
}
