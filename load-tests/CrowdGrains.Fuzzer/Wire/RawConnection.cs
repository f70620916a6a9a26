using System.Net.Sockets;
using CrowdGrains.Fuzzer.Requests;

namespace CrowdGrains.Fuzzer.Wire;

/// <summary>One connection after the other: kept as long as the server keeps it. For one caller at a time.</summary>
internal sealed class RawConnection(Uri server) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StreamTime = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan BrokenTime = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan SlowPause = TimeSpan.FromMilliseconds(8);

    private Socket? _socket;
    private AnswerReader? _reader;

    /// <summary>Sends a request and reads its answer; <see cref="RawAnswer.None"/> when the server closed the connection instead.</summary>
    /// <exception cref="TimeoutException">It did neither.</exception>
    public async Task<RawAnswer> SendAsync(HostileRequest request, CancellationToken cancellation)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            bool isFresh = _socket is null;
            RawAnswer answer = await TryAsync(request, patience.Token).ConfigureAwait(false);

            // A connection that was kept may have been closed before the request came.
            return answer.Status == 0 && !isFresh ? await TryAsync(request, patience.Token).ConfigureAwait(false) : answer;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Dispose();
            throw new TimeoutException($"No answer within {Patience.TotalSeconds:0} s.");
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async Task<RawAnswer> TryAsync(HostileRequest request, CancellationToken cancellation)
    {
        try
        {
            if (_socket is null)
            {
                _socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await _socket.ConnectAsync(server.Host, server.Port, cancellation).ConfigureAwait(false);
                _reader = new AnswerReader(new NetworkStream(_socket));
            }

            // What the server answers before it has all of the body it may answer at once, and close.
            await SendAsync(_socket, request, cancellation).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            if (_socket is not { Connected: true } || _reader is null)
            {
                Dispose();
                return RawAnswer.None;
            }
        }

        try
        {
            Task<RawAnswer> reading = _reader!.ReadAsync(request.IsHead, StreamTime, cancellation);
            if (!request.IsHttp)
            {
                // Whatever the server still waits for will not come.
                await Task.WhenAny(reading, Task.Delay(request.Delivery == Delivery.Truncated ? TimeSpan.Zero : BrokenTime, cancellation)).ConfigureAwait(false);
                _socket.Shutdown(SocketShutdown.Send);
            }

            RawAnswer answer = await reading.ConfigureAwait(false);
            if (!_reader.IsReusable || !request.IsHttp || request.AsksForStream)
            {
                Dispose();
            }

            return answer;
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            Dispose();
            return RawAnswer.None;
        }
    }

    private static async Task SendAsync(Socket socket, HostileRequest request, CancellationToken cancellation)
    {
        foreach (ReadOnlyMemory<byte> piece in RequestBytes.Of(request))
        {
            for (int sent = 0; sent < piece.Length;)
            {
                sent += await socket.SendAsync(piece[sent..], SocketFlags.None, cancellation).ConfigureAwait(false);
            }

            if (request.Delivery == Delivery.Slow)
            {
                await Task.Delay(SlowPause, cancellation).ConfigureAwait(false);
            }
        }
    }
}
