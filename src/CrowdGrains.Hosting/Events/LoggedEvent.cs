using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.Events;

/// <summary>An event that is durable: its row in the log, and the event itself.</summary>
public sealed class LoggedEvent
{
    private GrainEvent? _event;

    public LoggedEvent(EventRow row, GrainEvent happened)
    {
        Row = row;
        _event = happened;
    }

    /// <summary>As it comes from the log: the event is read when somebody asks for it, which most readers of old events do not.</summary>
    public LoggedEvent(EventRow row) => Row = row;

    public EventRow Row { get; }

    public GrainEvent Event => _event ??= EventJson.Read(Row.Type, Row.Data.Span);
}
