using System.Globalization;
using System.Text;

namespace CrowdGrains.Fuzzer.Wire;

/// <summary>Reads answers of HTTP/1.1, and says whether the connection can be used again.</summary>
internal sealed class AnswerReader(Stream stream)
{
    /// <summary>Of an event stream no more is read.</summary>
    private const int MaxStreamBytes = 256 * 1024;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    public bool IsReusable { get; private set; } = true;

    /// <param name="streamTime">For how long an event stream is listened to.</param>
    public async Task<RawAnswer> ReadAsync(bool isHead, TimeSpan streamTime, CancellationToken cancellation)
    {
        while (true)
        {
            byte[]? head = await ReadHeadAsync(cancellation).ConfigureAwait(false);
            if (head is null)
            {
                IsReusable = false;
                return RawAnswer.None;
            }

            string[] lines = Encoding.Latin1.GetString(head).Split("\r\n");
            int status = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
            if (status is >= 100 and < 200)
            {
                continue;
            }

            Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
            foreach (string line in lines.Skip(1).Where(line => line.Contains(':', StringComparison.Ordinal)))
            {
                int colon = line.IndexOf(':', StringComparison.Ordinal);
                headers[line[..colon]] = line[(colon + 1)..].Trim();
            }

            bool isEmpty = isHead || status is 204 or 304;
            (byte[] body, bool isCut) = isEmpty ? ([], false) : await ReadBodyAsync(headers, streamTime, cancellation).ConfigureAwait(false);
            IsReusable &= !headers.GetValueOrDefault("Connection", "").Contains("close", StringComparison.OrdinalIgnoreCase);
            return new RawAnswer(status, headers, head, body, isCut);
        }
    }

    private async Task<(byte[] Body, bool IsCut)> ReadBodyAsync(Dictionary<string, string> headers, TimeSpan streamTime, CancellationToken cancellation)
    {
        using MemoryStream body = new();
        if (headers.TryGetValue("Content-Length", out string? length))
        {
            long left = long.Parse(length, CultureInfo.InvariantCulture);
            bool isAll = await CopyAsync(body, left, cancellation).ConfigureAwait(false);
            return (body.ToArray(), !isAll);
        }

        bool isStream = headers.GetValueOrDefault("Content-Type", "").StartsWith("text/event-stream", StringComparison.Ordinal);
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (isStream)
        {
            patience.CancelAfter(streamTime);
        }

        bool isWhole = false;
        try
        {
            isWhole = headers.GetValueOrDefault("Transfer-Encoding", "") == "chunked"
                ? await ReadChunksAsync(body, patience.Token).ConfigureAwait(false)
                : await CopyAsync(body, long.MaxValue, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (isStream && !cancellation.IsCancellationRequested)
        {
            IsReusable = false;
        }

        return (body.ToArray(), !isWhole && !isStream);
    }

    private async Task<bool> ReadChunksAsync(MemoryStream body, CancellationToken cancellation)
    {
        while (await ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
        {
            long size = long.Parse(line, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                return await ReadLineAsync(cancellation).ConfigureAwait(false) is not null;
            }

            if (body.Length > MaxStreamBytes || !await CopyAsync(body, size, cancellation).ConfigureAwait(false))
            {
                break;
            }

            await ReadLineAsync(cancellation).ConfigureAwait(false);
        }

        IsReusable = false;
        return false;
    }

    private async Task<bool> CopyAsync(MemoryStream body, long count, CancellationToken cancellation)
    {
        while (count > 0)
        {
            if (_start == _end && !await FillAsync(cancellation).ConfigureAwait(false))
            {
                IsReusable = false;
                return count > int.MaxValue;
            }

            int taken = (int)Math.Min(count, _end - _start);
            body.Write(_buffer, _start, taken);
            _start += taken;
            count -= taken;
        }

        return true;
    }

    private async Task<byte[]?> ReadHeadAsync(CancellationToken cancellation)
    {
        using MemoryStream head = new();
        while (await ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
        {
            if (line.Length == 0 && head.Length > 0)
            {
                return head.ToArray();
            }

            head.Write(Encoding.Latin1.GetBytes(line + "\r\n"));
        }

        return null;
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellation)
    {
        using MemoryStream line = new();
        while (_start < _end || await FillAsync(cancellation).ConfigureAwait(false))
        {
            byte next = _buffer[_start++];
            if (next == '\n')
            {
                return Encoding.Latin1.GetString(line.GetBuffer(), 0, (int)line.Length).TrimEnd('\r');
            }

            line.WriteByte(next);
        }

        return null;
    }

    private async Task<bool> FillAsync(CancellationToken cancellation)
    {
        _start = 0;
        _end = await stream.ReadAsync(_buffer, cancellation).ConfigureAwait(false);
        return _end > 0;
    }
}
