using System.Collections.Immutable;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.Events;

/// <summary>How an event is replaced in the log.</summary>
public static class EventRewrite
{
    private const string Update = "UPDATE events SET data = @p2 WHERE seq = @p1";

    public static ImmutableArray<SqlWrite> Writes(ImmutableArray<LoggedEvent> events) =>
        [.. events.Select(happened => new SqlWrite(Update, happened.Row.Sequence, happened.Row.Data.ToArray()))];
}
