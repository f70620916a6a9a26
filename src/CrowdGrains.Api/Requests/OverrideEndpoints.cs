using CrowdGrains.Api.Bodies;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Idempotency;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Problems;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using Microsoft.AspNetCore.Http;

namespace CrowdGrains.Api.Requests;

/// <summary>What dispatchers do to a request by hand.</summary>
internal static class OverrideEndpoints
{
    public static void Map(Routes routes)
    {
        ByHand(routes.Post("/v1/requests/{id}:assign", "The helper named gets the job, whoever was asked before; answered with what becomes of it.", AssignAsync))
            .Takes<Order>();
        ByHand(routes.Post("/v1/requests/{id}:withdraw", "Open offers, or the assignment, are taken back; somebody is looked for again.", WithdrawAsync))
            .Takes<Reason>(isOptional: true);
        ByHand(routes.Patch("/v1/requests/{id}", "Changes the severity; the deadline and the place in line follow.", PatchAsync))
            .Takes<RequestPatch>().With(new KnownRepeats());
    }

    private static Route ByHand(Route route) => route.WithTag("requests").For(Scopes.Staff).Answers<Request>()
        .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);

    private static async ValueTask<Reply> AssignAsync(Call call)
    {
        Body<Order> body = await call.ReadAsync(StrictJson.Types.Order).ConfigureAwait(false);
        if (!body.TryGet(out Order? order, out Fault? fault))
        {
            return fault;
        }

        Fields fields = new();
        string helper = fields.RequiredId("/helperId", order.HelperId);
        return fields.HasFault(out fault) ? fault : await SendAsync(call, new AssignRequest(call.Operation.Id, HelperId.From(helper))).ConfigureAwait(false);
    }

    private static async ValueTask<Reply> WithdrawAsync(Call call)
    {
        Body<Reason> body = await call.ReadOptionalAsync(StrictJson.Types.Reason).ConfigureAwait(false);
        return body.TryGet(out Reason? reason, out Fault? fault)
            ? await SendAsync(call, new WithdrawHelpers(call.Operation.Id, reason.Text ?? "")).ConfigureAwait(false)
            : fault;
    }

    private static async ValueTask<Reply> PatchAsync(Call call)
    {
        Body<RequestPatch> body = await call.ReadAsync(StrictJson.Types.RequestPatch).ConfigureAwait(false);
        if (!body.TryGet(out RequestPatch? patch, out Fault? fault))
        {
            return fault;
        }

        Fields fields = new();
        Severity severity = fields.Required("/severity", patch.Severity);
        return fields.HasFault(out fault) ? fault : await SendAsync(call, new ChangeSeverity(call.Operation.Id, severity.ToCore())).ConfigureAwait(false);
    }

    private static async ValueTask<Reply> SendAsync(Call call, Command command) => await RequestAccess.FindAsync(call).ConfigureAwait(false) is { } request
        ? await RequestEndpoints.SendAsync(call, request.Id, command).ConfigureAwait(false)
        : Reply.NotFound("request");
}
