using System.Globalization;
using System.Text;

namespace CrowdGrains.Client.Tests.Servers;

/// <summary>Reads HTTP/1.1 requests from a connection, byte by byte: slow, and never a byte too far.</summary>
internal sealed class RequestReader(Stream connection)
{
    /// <summary>The request and its headers; null at the end of the connection. The body is still to be read.</summary>
    public async Task<ReceivedRequest?> ReadHeadAsync()
    {
        if (await ReadLineAsync() is not { Length: > 0 } first)
        {
            return null;
        }

        string[] parts = first.Split(' ');
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        while (await ReadLineAsync() is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return new ReceivedRequest(parts[0], parts[1], headers, "");
    }

    /// <param name="onText">Told what came so far, after each chunk.</param>
    public async Task<string> ReadBodyAsync(ReceivedRequest head, Action<string> onText)
    {
        if (head.Header("Content-Length") is { } length)
        {
            return await ReadTextAsync(int.Parse(length, CultureInfo.InvariantCulture));
        }

        StringBuilder body = new();
        while (head.Header("Transfer-Encoding") == "chunked" && await ReadLineAsync() is { Length: > 0 } size && size != "0")
        {
            body.Append(await ReadTextAsync(int.Parse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
            await ReadLineAsync();
            onText(body.ToString());
        }

        if (body.Length > 0)
        {
            await ReadLineAsync();
        }

        return body.ToString();
    }

    private async Task<string> ReadTextAsync(int length)
    {
        byte[] bytes = new byte[length];
        await connection.ReadExactlyAsync(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private async Task<string?> ReadLineAsync()
    {
        List<byte> line = [];
        byte[] one = new byte[1];
        while (await connection.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return null;
    }
}
