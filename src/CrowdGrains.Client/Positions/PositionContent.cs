using System.Net;

namespace CrowdGrains.Client.Positions;

/// <summary>A body of unknown length, made while it is sent.</summary>
internal sealed class PositionContent : HttpContent
{
    private readonly Func<PositionLineWriter, CancellationToken, ValueTask<bool>> _fill;

    public PositionContent(Func<PositionLineWriter, CancellationToken, ValueTask<bool>> fill)
    {
        _fill = fill;
        Headers.TryAddWithoutValidation("Content-Type", "application/x-ndjson");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using PositionLineWriter lines = new();
        bool goesOn;
        do
        {
            goesOn = await _fill(lines, cancellationToken).ConfigureAwait(false);
            await stream.WriteAsync(lines.Written, cancellationToken).ConfigureAwait(false);
            lines.Clear();

            // What is slow to come must not wait in a buffer for what is to come.
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        while (goesOn);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
