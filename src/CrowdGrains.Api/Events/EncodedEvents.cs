using CrowdGrains.Hosting.Events;

namespace CrowdGrains.Api.Events;

/// <summary>The newest events as they are sent, so that many readers of the same news do not each encode it.</summary>
internal sealed class EncodedEvents
{
    private const string DefaultSource = "/crowdgrains";

    private readonly EncodedEvent?[] _recent;
    private readonly string _source;

    public EncodedEvents(EventOptions options)
    {
        _recent = new EncodedEvent?[options.EncodedEvents];
        _source = options.Instance.Length == 0 ? DefaultSource : $"{DefaultSource}/{options.Instance}";
    }

    /// <summary>The <c>source</c> of all events.</summary>
    public string Source => _source;

    public EncodedEvent Of(LoggedEvent happened)
    {
        long sequence = happened.Row.Sequence;
        ref EncodedEvent? place = ref _recent[sequence % _recent.Length];
        EncodedEvent? found = Volatile.Read(ref place);
        if (found?.IsOf(happened) == true)
        {
            return found;
        }

        EncodedEvent encoded = EncodedEvent.Of(happened, _source);

        // A reader of old events leaves the new ones in place.
        if (found is null || found.Sequence <= sequence)
        {
            Volatile.Write(ref place, encoded);
        }

        return encoded;
    }
}
