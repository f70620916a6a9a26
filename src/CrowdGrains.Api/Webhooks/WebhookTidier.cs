using System.Collections.Immutable;
using CrowdGrains.Api.Telemetry;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Api.Webhooks;

/// <summary>Keeps the delivery log within its bounds: what ended long ago is deleted, and who is too far behind is disabled.</summary>
internal sealed partial class WebhookTidier(
    WebhookRegister register, DeliveryTable deliveries, PatientWriter writer, WebhookOptions options, TimeProvider clock, ApiInstruments instruments, ILogger log)
{
    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(options.TidyInterval, clock);
        while (true)
        {
            try
            {
                await TidyAsync(cancellation).ConfigureAwait(false);
            }
            catch (StoreException failure)
            {
                LogPostponed(failure.Message);
            }

            await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task TidyAsync(CancellationToken cancellation)
    {
        Instant before = Instant.FromDateTimeOffset(clock.GetUtcNow()) - options.KeepDeliveriesFor;
        ImmutableArray<SqlWrite>.Builder writes = ImmutableArray.CreateBuilder<SqlWrite>();
        writes.Add(DeliveryTable.DeleteOrphans());
        long pendingInAll = 0;
        foreach (RegisteredWebhook webhook in register.All)
        {
            long sequence = await deliveries.ReadSequenceOfEndedAsync(webhook.Id, options.KeepDeliveries, cancellation).ConfigureAwait(false);
            writes.Add(DeliveryTable.DeleteEnded(webhook.Id, before, sequence));
            long pending = webhook.IsEnabled ? await deliveries.CountPendingAsync(webhook.Id, cancellation).ConfigureAwait(false) : 0;
            pendingInAll += pending;
            if (pending > options.MaxPending)
            {
                LogTooFarBehind(webhook.Id, pending);
                await register.DisableAsync(webhook.Id, DisabledCause.TooFarBehind, $"More than {options.MaxPending} deliveries were pending.", cancellation).ConfigureAwait(false);
            }
        }

        instruments.CountPending(pendingInAll);
        await writer.WriteAsync(writes.ToImmutable(), cancellation).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The delivery log is tidied later: {Reason}")]
    private partial void LogPostponed(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Webhook} is disabled: {Pending} deliveries are pending")]
    private partial void LogTooFarBehind(string webhook, long pending);
}
