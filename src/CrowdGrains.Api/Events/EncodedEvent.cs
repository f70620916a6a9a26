using System.Buffers;
using System.Globalization;
using System.Text;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Api.Events;

/// <summary>An event as it is sent: a CloudEvent 1.0 in JSON, within the frame of an event stream. Made once, for all readers.</summary>
internal sealed class EncodedEvent
{
    // CR and LF can only be white space between tokens: within strings JSON writes them as escapes.
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    private readonly ReadOnlyMemory<byte> _data;
    private readonly byte[] _frame;
    private readonly int _jsonStart;

    private EncodedEvent(EventRow row, byte[] frame, int jsonStart)
    {
        Sequence = row.Sequence;
        _data = row.Data;
        _frame = frame;
        _jsonStart = jsonStart;
    }

    public long Sequence { get; }

    /// <summary><c>id:</c>, <c>event:</c>, <c>data:</c> and the empty line that ends them.</summary>
    public ReadOnlyMemory<byte> Frame => _frame;

    /// <summary>The CloudEvent alone, on one line.</summary>
    public ReadOnlyMemory<byte> Json => _frame.AsMemory(_jsonStart, _frame.Length - _jsonStart - "\n\n".Length);

    /// <summary>Made of this event as it is now: events are rewritten when personal data is erased from them.</summary>
    public bool IsOf(LoggedEvent happened) => Sequence == happened.Row.Sequence && _data.Span.SequenceEqual(happened.Row.Data.Span);

    public static EncodedEvent Of(LoggedEvent happened, string source)
    {
        EventRow row = happened.Row;
        string id = row.Sequence.ToString(CultureInfo.InvariantCulture);

        // Types, ids and the source are plain ASCII: nothing in them needs an escape.
        string lines = $"id: {id}\nevent: {row.Type}\ndata: ";
        string envelope = $$"""{"specversion":"1.0","id":"{{id}}","source":"{{source}}","type":"{{row.Type}}","subject":"{{SubjectOf(row.Grain)}}","time":"{{row.At}}","datacontenttype":"application/json","data":""";
        byte[] frame = new byte[lines.Length + envelope.Length + row.Data.Length + "}\n\n".Length];
        Span<byte> rest = frame;
        rest = rest[Encoding.ASCII.GetBytes(lines, rest)..];
        rest = rest[Encoding.ASCII.GetBytes(envelope, rest)..];
        row.Data.Span.CopyTo(rest);
        if (row.Data.Span.ContainsAny(LineEnds))
        {
            rest[..row.Data.Length].ReplaceAny(LineEnds, (byte)' ');
        }

        "}\n\n"u8.CopyTo(rest[row.Data.Length..]);
        return new(row, frame, lines.Length);
    }

    /// <summary>The path of the resource, below <c>/v1</c>.</summary>
    private static string SubjectOf(GrainId grain) => grain.Kind switch
    {
        GrainKind.Request => "requests/" + grain.Name,
        GrainKind.Helper => "helpers/" + grain.Name,
        _ => throw new InvalidOperationException($"{grain} has no events."),
    };
}
