using System.Globalization;
using System.Text;
using CrowdGrains.Fuzzer.Requests;

namespace CrowdGrains.Fuzzer.Wire;

/// <summary>What goes over the wire, piece by piece.</summary>
internal static class RequestBytes
{
    private const int SlowPieces = 4;

    /// <summary>The head first.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Of(HostileRequest request)
    {
        byte[] body = request.Body ?? [];
        bool isFramed = request.Headers.Any(header => header.Name is "Content-Length" or "Transfer-Encoding");
        StringBuilder head = new();
        head.Append(request.Method).Append(' ').Append(request.Target).Append(' ').Append(request.Version).Append("\r\n");
        foreach ((string name, string value) in request.Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (request.Delivery == Delivery.Chunked && !isFramed)
        {
            head.Append("Transfer-Encoding: chunked\r\n");
        }
        else if (request.Body is not null && !isFramed)
        {
            int length = request.Delivery == Delivery.Truncated ? body.Length + 10 : body.Length;
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n");
        }

        byte[] headBytes = Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
        return (request.Delivery, isFramed) switch
        {
            (Delivery.Chunked, false) => [headBytes, Chunks(body)],
            (Delivery.Slow, _) => [headBytes, .. body.Chunk(Math.Max(1, (body.Length / SlowPieces) + 1)).Select(piece => new ReadOnlyMemory<byte>(piece))],
            _ => [(byte[])[.. headBytes, .. body]],
        };
    }

    private static byte[] Chunks(byte[] body)
    {
        using MemoryStream chunks = new();
        foreach (byte[] piece in body.Chunk(Math.Max(1, (body.Length / 3) + 1)))
        {
            chunks.Write(Encoding.ASCII.GetBytes(piece.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"));
            chunks.Write(piece);
            chunks.Write("\r\n"u8);
        }

        chunks.Write("0\r\n\r\n"u8);
        return chunks.ToArray();
    }
}
