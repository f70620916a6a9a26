using System.Collections.Immutable;
using CrowdGrains.Api.Events;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Api.Webhooks;

/// <summary>
/// Follows the log and makes a delivery of each event for each webhook that is sent it. Deliveries and how far the log was read are
/// written together, so that a restart makes each delivery once.
/// </summary>
internal sealed partial class WebhookPump(
    EventFeed feed, WebhookRegister register, EventVisibility visibility, DeliveryTable deliveries, PatientWriter writer, TimeProvider clock, ILogger log)
{
    private const int PageSize = 256;
    private const int MaxWrites = 1000;

    // Events that concern nobody need no write each: after a restart they are read again.
    private const int MaxUnsaved = 5000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly LoggedEvent[] _page = new LoggedEvent[PageSize];
    private readonly HashSet<string> _touched = [];
    private long _position;
    private long _saved;

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await TryAsync(StartAsync, cancellation).ConfigureAwait(false);
        Task more = Task.CompletedTask;
        while (true)
        {
            await more.WaitAsync(cancellation).ConfigureAwait(false);
            await TryAsync(async stop => more = await StepAsync(stop).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        }
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        // Before the first of these webhooks nothing is for anybody.
        long since = register.All.Where(webhook => webhook.IsEnabled).Min(webhook => (long?)webhook.Since) ?? feed.LastSequence;
        _position = Math.Max(since, await deliveries.ReadProgressAsync(cancellation).ConfigureAwait(false));
        _saved = _position;
    }

    /// <summary>Takes a page of events.</summary>
    /// <returns>When to take the next.</returns>
    private async Task<Task> StepAsync(CancellationToken cancellation)
    {
        int count = feed.Read(_position, _page, out Task more);
        if (count == 0)
        {
            return more;
        }

        ImmutableArray<RegisteredWebhook> webhooks = [.. register.All.Where(webhook => webhook.IsEnabled)];
        ImmutableArray<SqlWrite>.Builder writes = ImmutableArray.CreateBuilder<SqlWrite>();
        long position = _position;
        for (int i = 0; i < count && writes.Count < MaxWrites; i++)
        {
            position = _page[i].Row.Sequence;
            await AddAsync(_page[i], webhooks, writes, cancellation).ConfigureAwait(false);
        }

        if (writes.Count > 0 || position - _saved >= MaxUnsaved)
        {
            writes.Add(DeliveryTable.SaveProgress(position));
            await writer.WriteAsync(writes.ToImmutable(), cancellation).ConfigureAwait(false);
            _saved = position;
        }

        _position = position;
        foreach (string webhook in _touched)
        {
            register.Changed(webhook);
        }

        _touched.Clear();
        return Task.CompletedTask;
    }

    private async ValueTask AddAsync(
        LoggedEvent happened, ImmutableArray<RegisteredWebhook> webhooks, ImmutableArray<SqlWrite>.Builder writes, CancellationToken cancellation)
    {
        foreach (RegisteredWebhook webhook in webhooks)
        {
            if (happened.Row.Sequence > webhook.Since
                && webhook.Filter.Includes(happened.Row.Type)
                && await visibility.IsVisibleAsync(happened, webhook.Audience, cancellation).ConfigureAwait(false))
            {
                Instant now = Instant.FromDateTimeOffset(clock.GetUtcNow());
                writes.Add(DeliveryTable.Insert(webhook.Id, DeliveryRow.New(new DeliveryId(happened.Row.Sequence, ""), happened.Row.Type, now)));
                _touched.Add(webhook.Id);
            }
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> step, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await step(cancellation).ConfigureAwait(false);
                return;
            }
            catch (Exception failure) when (failure is StoreException or UnavailableException)
            {
                LogPaused(failure.Message);
                await Task.Delay(Pause, clock, cancellation).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Making deliveries to webhooks waits: {Reason}")]
    private partial void LogPaused(string reason);
}
