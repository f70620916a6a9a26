using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Paging;
using CrowdGrains.Api.Problems;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Turns;
using Microsoft.AspNetCore.Http;

namespace CrowdGrains.Api.Webhooks;

/// <summary>The delivery log of a webhook, and sending again what is in it.</summary>
internal sealed class DeliveryEndpoints(WebhookRegister register, DeliveryTable deliveries, TimeProvider clock)
{
    private const Scopes Owners = Scopes.Staff | Scopes.Partner;

    public void Map(Routes routes)
    {
        routes.Get("/v1/webhooks/{id}/deliveries", "What was sent and is to be sent, the newest events first.", ListAsync).WithTag("webhooks").ByTheLeader().For(Owners)
            .Pages().Query("status", "pending, delivered or failed.").Answers<Page<Delivery>>().Refuses(StatusCodes.Status404NotFound);
        routes.Post("/v1/webhooks/{id}/deliveries/{delivery}:redeliver", "Sends an event once more, with the same webhook-id. If-Match names versions of the webhook.", RedeliverAsync)
            .WithTag("webhooks").ByTheLeader().For(Owners).Answers<Delivery>(StatusCodes.Status202Accepted)
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
    }

    private async ValueTask<Reply> ListAsync(Call call)
    {
        if (!WebhookEndpoints.TryFind(register, call, out RegisteredWebhook? webhook))
        {
            return Reply.NotFound("webhook");
        }

        if (!PageQuery.TryRead(call, out PageQuery page, out Fault? fault))
        {
            return fault;
        }

        DeliveryId before = default;
        if (page.After is { } place && !DeliveryId.TryParse(place, out before))
        {
            return PageQuery.BadCursor;
        }

        if (!TryReadStatus(call.Query("status"), out DeliveryStatus? status))
        {
            return Fault.Parameter("status", "must be pending, delivered or failed");
        }

        List<DeliveryRow> rows = await deliveries.ListAsync(
            webhook.Id, status, page.After is null ? null : before, page.Limit + 1, call.Cancellation).ConfigureAwait(false);
        return Reply.Ok(page.Cut(rows.Select(ToContract), delivery => delivery.Id), ContractJson.Default.PageDelivery);
    }

    private async ValueTask<Reply> RedeliverAsync(Call call)
    {
        if (!WebhookEndpoints.TryFind(register, call, out RegisteredWebhook? webhook))
        {
            return Reply.NotFound("webhook");
        }

        if (!DeliveryId.TryParse(call.Path("delivery"), out DeliveryId id)
            || await deliveries.FindAsync(webhook.Id, id, call.Cancellation).ConfigureAwait(false) is not { } delivery)
        {
            return Reply.NotFound("delivery");
        }

        if (!webhook.IsEnabled)
        {
            return new Fault(ProblemKind.WrongState, "The webhook is disabled: enable it first.");
        }

        DeliveryRow again = delivery.Again(Instant.FromDateTimeOffset(clock.GetUtcNow()));
        return await register.WriteAsync(webhook.Id, call.IfVersion, again, call.Cancellation).ConfigureAwait(false)
            ? Reply.Accepted(ToContract(again), ContractJson.Default.Delivery)
            : new Fault(ProblemKind.VersionMismatch);
    }

    private static bool TryReadStatus(string? text, out DeliveryStatus? status)
    {
        status = text switch
        {
            "pending" => DeliveryStatus.Pending,
            "delivered" => DeliveryStatus.Delivered,
            "failed" => DeliveryStatus.Failed,
            _ => null,
        };
        return text is null || status is not null;
    }

    private static Delivery ToContract(DeliveryRow row) => new(
        row.Id.ToString(),
        row.Id.EventId,
        row.Type,
        row.Status switch
        {
            DeliveryStatus.Pending => "pending",
            DeliveryStatus.Delivered => "delivered",
            _ => "failed",
        },
        row.Attempts,
        row.ResponseStatus,
        row.Error,
        row.CreatedAt.ToDateTimeOffset(),
        row.Status == DeliveryStatus.Pending ? row.NextAttemptAt.ToDateTimeOffset() : null);
}
