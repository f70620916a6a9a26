using CrowdGrains.Hosting.Events;

namespace CrowdGrains.Api.Events;

/// <summary>What a reader gets of the log: what it asked for, of what it may see. The order stays, and with it what resuming means.</summary>
internal sealed class EventSelection(EventTypeFilter types, Audience audience, EventVisibility visibility)
{
    /// <exception cref="Hosting.Engines.UnavailableException">Whose it is cannot be found out now.</exception>
    public ValueTask<bool> IncludesAsync(LoggedEvent happened, CancellationToken cancellation) =>
        types.Includes(happened.Row.Type) ? visibility.IsVisibleAsync(happened, audience, cancellation) : ValueTask.FromResult(false);
}
