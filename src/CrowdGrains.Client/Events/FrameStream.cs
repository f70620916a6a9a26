namespace CrowdGrains.Client.Events;

/// <summary>
/// The body of an event stream. Every byte is a sign of life, comments between events included. A read ends with a blank line where there
/// is one, so that its reader has, when it asks for more, often read whole events only; that is when it is told so.
/// </summary>
internal sealed class FrameStream(Stream body, SilenceLimit limit) : Stream
{
    private const int BufferBytes = 16 * 1024;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private Memory<byte> _pending;
    private byte _last;
    private bool _isWhole;

    /// <summary>Called when all that was read so far ends with a blank line, before more is read.</summary>
    public Action OnWhole { get; set; } = () => { };

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isWhole)
        {
            OnWhole();
        }

        if (_pending.IsEmpty)
        {
            limit.Restart();
            _pending = _buffer.AsMemory(0, await body.ReadAsync(_buffer, limit.Token).ConfigureAwait(false));
        }

        int whole = _pending.Span.LastIndexOf("\n\n"u8) + 2;
        int count = Math.Min(buffer.Length, whole > 1 ? whole : _pending.Length);
        Memory<byte> read = _pending[..count];
        read.CopyTo(buffer);
        _pending = _pending[count..];
        Note(read.Span);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Note(ReadOnlySpan<byte> text)
    {
        if (text.Length > 0)
        {
            byte before = text.Length > 1 ? text[^2] : _last;
            _last = text[^1];
            _isWhole = _last == '\n' && before == '\n';
        }
    }
}
