using System.Diagnostics.CodeAnalysis;
using CrowdGrains.Api.Bodies;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Events;
using CrowdGrains.Api.Leaders;
using CrowdGrains.Api.Helpers;
using CrowdGrains.Api.Idempotency;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Paging;
using CrowdGrains.Api.Problems;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Api.Webhooks;

/// <summary>Webhooks of a partner, or of our own front ends. An admin sees all; for everybody else another one's do not exist.</summary>
internal sealed class WebhookEndpoints(WebhookRegister register, WebhookOptions options)
{
    private const Scopes Owners = Scopes.Staff | Scopes.Partner;
    private const int MaxTypes = 50;

    public static void Add(IServiceCollection services, IDispatchEngine engine, IStore store, WebhookOptions options)
    {
        services.AddSingleton(provider =>
            new WebhookRegister(engine, provider.GetRequiredService<EncodedEvents>(), options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new WebhookEndpoints(provider.GetRequiredService<WebhookRegister>(), options));
        services.AddSingleton(provider => new DeliveryEndpoints(
            provider.GetRequiredService<WebhookRegister>(), new DeliveryTable(store), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService(provider => new WebhookDispatcher(
            engine,
            store,
            provider.GetRequiredService<Leadership>(),
            provider.GetRequiredService<WebhookRegister>(),
            provider.GetRequiredService<EventVisibility>(),
            provider.GetRequiredService<EncodedEvents>(),
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<WebhookDispatcher>>()));
    }

    public void Map(Routes routes)
    {
        routes.Post("/v1/webhooks", "Has events sent to a URL; the secret that signs them is shown once.", CreateAsync).WithTag("webhooks").ByTheLeader().For(Owners)
            .Takes<WebhookRegistration>().Answers<Webhook>(StatusCodes.Status201Created).Refuses(StatusCodes.Status409Conflict).With(new SecretAnswer());
        routes.Get("/v1/webhooks", "The webhooks, without their secrets.", List).WithTag("webhooks").ByTheLeader().For(Owners).Pages().Answers<Page<Webhook>>();
        routes.Get("/v1/webhooks/{id}", "A webhook, without its secret.", Find).WithTag("webhooks").ByTheLeader().For(Owners)
            .Answers<Webhook>().Refuses(StatusCodes.Status404NotFound);
        routes.Patch("/v1/webhooks/{id}", "Changes a webhook; enabled again, it is sent what happens from then on.", ChangeAsync).WithTag("webhooks").ByTheLeader().For(Owners)
            .Takes<WebhookRegistration>().Answers<Webhook>().Refuses(StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed);
        routes.Delete("/v1/webhooks/{id}", "Deletes a webhook and its deliveries.", DeleteAsync).WithTag("webhooks").ByTheLeader().For(Owners)
            .AnswersNothing().Refuses(StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed);
        routes.Post("/v1/webhooks/{id}:rotate", "Makes a new secret; the old one signs too for a day.", RotateAsync).WithTag("webhooks").ByTheLeader().For(Owners)
            .Answers<Webhook>().Refuses(StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed).With(new SecretAnswer());
    }

    /// <summary>The webhook, if there is one for this caller.</summary>
    public static bool TryFind(WebhookRegister register, Call call, [NotNullWhen(true)] out RegisteredWebhook? webhook) =>
        register.TryGet(call.Path("id"), out webhook) && MaySee(call.Caller, webhook);

    private async ValueTask<Reply> CreateAsync(Call call)
    {
        Body<WebhookRegistration> body = await call.ReadAsync(StrictJson.Types.WebhookRegistration).ConfigureAwait(false);
        if (!body.TryGet(out WebhookRegistration? registration, out Fault? fault))
        {
            return fault;
        }

        if (!TargetUrl.TryParse(registration.Url, options, out Uri? url, out string rule))
        {
            return Fault.Field("/url", rule);
        }

        if (FaultOf(registration.Types) is { } unknown)
        {
            return unknown;
        }

        Fields fields = new();
        Labels labels = fields.JudgedLabels(registration.ExternalId, registration.Metadata);
        if (fields.HasFault(out fault))
        {
            return fault;
        }

        RegisteredWebhook? webhook = await register.AddAsync(
            call.Operation.NewId("wh_"), call.Caller.Partner, url, [.. registration.Types ?? []], registration.Enabled ?? true, labels, call.Cancellation)
            .ConfigureAwait(false);
        return webhook is null
            ? new Fault(ProblemKind.LimitReached, $"There are at most {options.MaxWebhooksPerOwner} webhooks of one owner, and {options.MaxWebhooks} in all.")
            : Reply.Created(ToContract(webhook, withSecret: true), ContractJson.Default.Webhook, $"/v1/webhooks/{webhook.Id}", EntityTags.Of(webhook.Version));
    }

    private ValueTask<Reply> List(Call call)
    {
        if (!PageQuery.TryRead(call, out PageQuery page, out Fault? fault))
        {
            return new(fault);
        }

        IEnumerable<Webhook> webhooks = register.All
            .Where(webhook => MaySee(call.Caller, webhook) && string.CompareOrdinal(webhook.Id, page.After ?? "") > 0)
            .OrderBy(webhook => webhook.Id, StringComparer.Ordinal)
            .Select(webhook => ToContract(webhook, withSecret: false));
        return new(Reply.Ok(page.Cut(webhooks, webhook => webhook.Id), ContractJson.Default.PageWebhook));
    }

    private ValueTask<Reply> Find(Call call) => new(TryFind(register, call, out RegisteredWebhook? webhook)
        ? Reply.Ok(ToContract(webhook, withSecret: false), ContractJson.Default.Webhook, EntityTags.Of(webhook.Version))
        : Reply.NotFound("webhook"));

    private async ValueTask<Reply> ChangeAsync(Call call)
    {
        Body<WebhookRegistration> body = await call.ReadAsync(StrictJson.Types.WebhookRegistration).ConfigureAwait(false);
        if (!body.TryGet(out WebhookRegistration? patch, out Fault? fault))
        {
            return fault;
        }

        Uri? url = null;
        if (patch.Url is not null && !TargetUrl.TryParse(patch.Url, options, out url, out string rule))
        {
            return Fault.Field("/url", rule);
        }

        Fields fields = new();
        Labels labels = fields.JudgedLabels(patch.ExternalId, patch.Metadata);
        return FaultOf(patch.Types) is { } unknown ? unknown
            : fields.HasFault(out fault) ? fault
            : await AnswerAsync(call, withSecret: false, id => register.ChangeAsync(
                id, call.IfVersion, webhook => Change(webhook, url, patch, labels), call.Cancellation)).ConfigureAwait(false);
    }

    private ValueTask<Reply> RotateAsync(Call call) =>
        AnswerAsync(call, withSecret: true, id => register.RotateAsync(id, call.IfVersion, call.Operation.Id, call.Cancellation));

    private async ValueTask<Reply> DeleteAsync(Call call)
    {
        if (!TryFind(register, call, out RegisteredWebhook? webhook))
        {
            return Reply.NotFound("webhook");
        }

        return await register.RemoveAsync(webhook.Id, call.IfVersion, call.Cancellation).ConfigureAwait(false)
            ? Reply.NoContent
            : new Fault(ProblemKind.VersionMismatch);
    }

    private async ValueTask<Reply> AnswerAsync(Call call, bool withSecret, Func<string, Task<RegisteredWebhook?>> change)
    {
        if (!TryFind(register, call, out RegisteredWebhook? webhook))
        {
            return Reply.NotFound("webhook");
        }

        RegisteredWebhook? changed = await change(webhook.Id).ConfigureAwait(false);
        return changed is null
            ? new Fault(ProblemKind.VersionMismatch)
            : Reply.Ok(ToContract(changed, withSecret), ContractJson.Default.Webhook, EntityTags.Of(changed.Version));
    }

    private static RegisteredWebhook Change(RegisteredWebhook webhook, Uri? url, WebhookRegistration patch, Labels labels)
    {
        bool isEnabled = patch.Enabled ?? webhook.IsEnabled;
        return webhook with
        {
            Url = url ?? webhook.Url,
            Types = patch.Types is { } types ? [.. types] : webhook.Types,
            IsEnabled = isEnabled,
            DisabledReason = isEnabled ? null : webhook.DisabledReason ?? "Its owner disabled it.",
            Labels = new Labels(
                patch.ExternalId ?? webhook.Labels.ExternalId,
                patch.Metadata is null ? webhook.Labels.Metadata : labels.Metadata),
        };
    }

    private static Fault? FaultOf(IReadOnlyList<string?>? types)
    {
        if (types is null)
        {
            return null;
        }

        if (types.Count > MaxTypes)
        {
            return Fault.Field("/types", $"must hold at most {MaxTypes} types");
        }

        for (int i = 0; i < types.Count; i++)
        {
            // To JSON null is an item like any other.
            if (types[i] is not { } type || !EventTypeFilter.TryParse([type], EventTypes.Sent, out _, out _))
            {
                return Fault.Field($"/types/{i}", "must be a type of events, or a group such as request.*");
            }
        }

        return null;
    }

    private static bool MaySee(Caller caller, RegisteredWebhook webhook) => caller.IsAdmin || webhook.Owner == caller.Partner;

    private static Webhook ToContract(RegisteredWebhook webhook, bool withSecret) => new()
    {
        Id = webhook.Id,
        Url = webhook.Url.AbsoluteUri,
        Types = webhook.Types,
        Enabled = webhook.IsEnabled,
        DisabledReason = webhook.DisabledReason,
        CreatedAt = webhook.CreatedAt.ToDateTimeOffset(),
        Secret = withSecret ? webhook.Secret.Text : null,
        ExternalId = webhook.Labels.ExternalId is { Length: > 0 } externalId ? externalId : null,
        Metadata = webhook.Labels.ToMetadata(),
    };
}
