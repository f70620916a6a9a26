using System.Collections.Immutable;
using System.Threading.Channels;
using CrowdGrains.Api.Events;
using CrowdGrains.Api.Telemetry;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Api.Webhooks;

/// <summary>What the senders of all webhooks share.</summary>
/// <param name="Attempts">Bounds the attempts of all webhooks at once.</param>
internal sealed record SenderParts(
    WebhookRegister Register,
    DeliveryTable Deliveries,
    PatientWriter Writer,
    WebhookTransport Transport,
    EventFeed Feed,
    EncodedEvents Encoded,
    SemaphoreSlim Attempts,
    WebhookOptions Options,
    TimeProvider Clock,
    ApiInstruments Instruments);

/// <summary>
/// Sends what is due to one webhook. Outcomes are written after a batch: a crash before that sends the batch again, with the same
/// webhook-ids. A delivery that failed does not hold up those after it; with one attempt at a time first attempts keep the order of the
/// events.
/// </summary>
internal sealed partial class WebhookSender(string id, SenderParts parts, ILogger log)
{
    private const int BatchSize = 50;

    // How long an outcome may wait to be written.
    private static readonly TimeSpan LongestBatch = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastWrite = TimeSpan.FromSeconds(2);

    private readonly Channel<byte> _wake = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There may be something to do.</summary>
    public void Wake() => _wake.Writer.TryWrite(0);

    /// <summary>Runs until the webhook is deleted.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            // Before looking: who wakes it now has it look again.
            _wake.Reader.TryRead(out _);
            if (!parts.Register.TryGet(id, out RegisteredWebhook? webhook))
            {
                return;
            }

            try
            {
                await StepAsync(webhook, cancellation).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is StoreException or UnavailableException)
            {
                LogPaused(id, failure.Message);
                await Task.Delay(Pause, parts.Clock, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task StepAsync(RegisteredWebhook webhook, CancellationToken cancellation)
    {
        if (!webhook.IsEnabled)
        {
            await WaitAsync(null, cancellation).ConfigureAwait(false);
            return;
        }

        List<DeliveryRow> due = await parts.Deliveries.ReadDueAsync(id, Now(), BatchSize, cancellation).ConfigureAwait(false);
        if (due.Count > 0)
        {
            await SendAsync(webhook, due, cancellation).ConfigureAwait(false);
            return;
        }

        await WaitAsync(await parts.Deliveries.ReadNextDueAsync(id, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
    }

    private async Task WaitAsync(Instant? until, CancellationToken cancellation)
    {
        using CancellationTokenSource woken = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task wake = _wake.Reader.WaitToReadAsync(woken.Token).AsTask();
        TimeSpan pause = until is { } due ? due - Now() : Timeout.InfiniteTimeSpan;
        if (until is null || pause > TimeSpan.Zero)
        {
            await Task.WhenAny(wake, Task.Delay(pause, parts.Clock, woken.Token)).ConfigureAwait(false);
        }

        await woken.CancelAsync().ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
    }

    private async Task SendAsync(RegisteredWebhook webhook, List<DeliveryRow> due, CancellationToken cancellation)
    {
        Batch batch = new(parts.Clock.GetTimestamp());
        ParallelOptions atOnce = new() { MaxDegreeOfParallelism = parts.Options.ConcurrencyPerWebhook, CancellationToken = cancellation };
        Task sending = Parallel.ForEachAsync(due, atOnce, async (delivery, stop) =>
        {
            if (batch.Disabled is null && parts.Clock.GetElapsedTime(batch.Start) < LongestBatch)
            {
                batch.Add(id, await AttemptAsync(webhook, delivery, batch, stop).ConfigureAwait(false));
            }
        });
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Whatever stopped it: what was delivered need not be sent again, if there is still somebody to write it.
        using (CancellationTokenSource last = new(LastWrite, parts.Clock))
        {
            await parts.Writer.WriteAsync(batch.Writes, cancellation.IsCancellationRequested ? last.Token : cancellation).ConfigureAwait(false);
        }

        await sending.ConfigureAwait(false);
        if (batch.Disabled is { } disabled)
        {
            LogDisabled(id, disabled.Reason);
            await parts.Register.DisableAsync(id, disabled.Cause, disabled.Reason, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<DeliveryRow> AttemptAsync(RegisteredWebhook webhook, DeliveryRow delivery, Batch batch, CancellationToken cancellation)
    {
        AttemptOutcome outcome;
        if (TryBody(delivery, out ReadOnlyMemory<byte> body))
        {
            await parts.Attempts.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                DateTimeOffset at = parts.Clock.GetUtcNow();
                SignedMessage message = SignedMessage.Sign(delivery.Id.MessageId, at, body, webhook.SecretsAt(Instant.FromDateTimeOffset(at)));
                outcome = await parts.Transport.PostAsync(webhook.Url, message, cancellation).ConfigureAwait(false);
            }
            finally
            {
                parts.Attempts.Release();
            }
        }
        else
        {
            parts.Instruments.CountGivenUp();
            return delivery.After(AttemptOutcome.Failed(null, "The event is no longer in the log."), Now(), null);
        }

        TimeSpan? pause = outcome.IsGone
            ? null
            : RetrySchedule.PauseAfter(delivery.Retries, outcome.RetryAfter, Random.Shared.NextDouble(), parts.Options);
        DeliveryRow after = delivery.After(outcome, Now(), pause);
        parts.Instruments.CountAttempt(outcome.IsDelivered);
        if (after.Status == DeliveryStatus.Failed)
        {
            parts.Instruments.CountGivenUp();
        }

        if (outcome.IsGone)
        {
            batch.Disabled = new(DisabledCause.Gone, "The receiver answered 410 Gone.");
        }
        else if (after.Status == DeliveryStatus.Failed)
        {
            batch.Disabled = new(DisabledCause.RetriesFailed, $"Delivery {after.Id} failed after its last retry: {outcome.Error}");
        }

        return after;
    }

    /// <summary>The same bytes at every attempt, unless something was erased from the log in between.</summary>
    private bool TryBody(DeliveryRow delivery, out ReadOnlyMemory<byte> body)
    {
        if (delivery.Data is { } kept)
        {
            body = kept;
            return true;
        }

        LoggedEvent[] one = new LoggedEvent[1];
        try
        {
            bool found = parts.Feed.Read(delivery.Id.Sequence - 1, one, out _) == 1;
            body = found ? parts.Encoded.Of(one[0]).Json : default;
            return found;
        }
        catch (InvalidOperationException)
        {
            body = default;
            return false;
        }
    }

    private Instant Now() => Instant.FromDateTimeOffset(parts.Clock.GetUtcNow());

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sending to webhook {Webhook} waits: {Reason}")]
    private partial void LogPaused(string webhook, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Webhook} is disabled: {Reason}")]
    private partial void LogDisabled(string webhook, string reason);

    private sealed record Disablement(DisabledCause Cause, string Reason);

    /// <summary>The outcomes of deliveries that were sent together.</summary>
    private sealed class Batch(long start)
    {
        private readonly Lock _lock = new();
        private readonly List<SqlWrite> _writes = [];

        public long Start { get; } = start;

        /// <summary>Set when the webhook is to be disabled: nothing more is sent.</summary>
        public Disablement? Disabled { get; set; }

        public ImmutableArray<SqlWrite> Writes
        {
            get
            {
                lock (_lock)
                {
                    return [.. _writes];
                }
            }
        }

        public void Add(string webhook, DeliveryRow row)
        {
            lock (_lock)
            {
                _writes.Add(DeliveryTable.Update(webhook, row));
            }
        }
    }
}
