using CrowdGrains.Api.Bodies;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Problems;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using Microsoft.AspNetCore.Http;

namespace CrowdGrains.Api.Requests;

/// <summary>Requests from submission to rating: for the customer's side, the staff or the partner who submitted them.</summary>
internal static class RequestEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Post("/v1/requests", "Asks for help.", SubmitAsync).WithTag("requests").For(Scopes.Staff | Scopes.Partner)
            .Takes<RequestSubmission>().Answers<Request>(StatusCodes.Status201Created).Refuses(StatusCodes.Status409Conflict);
        routes.Get("/v1/requests/{id}", "A request.", GetAsync).WithTag("requests").For(Scopes.All)
            .Answers<Request>().AnswersNothing(StatusCodes.Status304NotModified).Refuses(StatusCodes.Status404NotFound);
        Verb(routes, "cancel", "The customer no longer needs help.", CancelAsync).Takes<Reason>(isOptional: true);
        Verb(routes, "rate", "The customer rates the job, once.", RateAsync).Takes<Rating>();
    }

    /// <summary>Sends a command to the request and shows what it is now.</summary>
    public static async ValueTask<Reply> SendAsync(Call call, RequestId request, Command command)
    {
        Answer answer = await call.Engine.AskAsync(request, call.Signed(command), call.Cancellation).ConfigureAwait(false);
        return answer.FaultOf("request") is { } refusal ? refusal : await ShowAsync(call, request).ConfigureAwait(false);
    }

    /// <summary>What a request is now; for a helper who has just left it, as it was left.</summary>
    public static async ValueTask<Reply> ShowAsync(Call call, RequestId id)
    {
        if (await call.Engine.FindRequestAsync(id, call.Cancellation).ConfigureAwait(false) is not { } request)
        {
            return Reply.NotFound("request");
        }

        if (await RequestAccess.MaySeeAsync(call, request).ConfigureAwait(false))
        {
            return Reply.Ok(request.ToContract(), ContractJson.Default.Request, request.ETag());
        }

        return await RequestAccess.FindFormerAsync(call, request).ConfigureAwait(false) is { } former
            ? Reply.Ok(request.ToContractAsLeftBy(former), ContractJson.Default.Request)
            : Reply.NotFound("request");
    }

    private static Route Verb(Routes routes, string verb, string summary, Func<Call, ValueTask<Reply>> handler) =>
        routes.Post($"/v1/requests/{{id}}:{verb}", summary, handler).WithTag("requests").For(Scopes.Staff | Scopes.Partner).Answers<Request>()
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);

    private static async ValueTask<Reply> SubmitAsync(Call call)
    {
        Body<RequestSubmission> body = await call.ReadAsync(StrictJson.Types.RequestSubmission).ConfigureAwait(false);
        if (!body.TryGet(out RequestSubmission? submission, out Fault? fault))
        {
            return fault;
        }

        Fields fields = new();
        string id = fields.Id("/id", submission.Id) ?? call.Operation.NewId("req_");
        RequestSpec spec = RequestSpecs.Read(submission, call.Caller.Partner, fields);
        if (fields.HasFault(out fault))
        {
            return fault;
        }

        RequestId request = RequestId.From(id);
        Answer answer = await call.Engine.AskAsync(request, call.Signed(new SubmitRequest(call.Operation.Id, spec)), call.Cancellation).ConfigureAwait(false);
        if (answer.FaultOf("request") is { } refusal)
        {
            return refusal;
        }

        return await call.Engine.FindRequestAsync(request, call.Cancellation).ConfigureAwait(false) is { } made
            ? Reply.Created(made.ToContract(), ContractJson.Default.Request, $"/v1/requests/{id}", made.ETag())
            : Reply.NotFound("request");
    }

    private static async ValueTask<Reply> GetAsync(Call call)
    {
        if (await RequestAccess.FindAsync(call).ConfigureAwait(false) is not { } request)
        {
            return Reply.NotFound("request");
        }

        return EntityTags.Matches(call.Http.Request.Headers.IfNoneMatch, request.ETag())
            ? Reply.NotModified(request.ETag())
            : Reply.Ok(request.ToContract(), ContractJson.Default.Request, request.ETag());
    }

    private static async ValueTask<Reply> CancelAsync(Call call)
    {
        Body<Reason> body = await call.ReadOptionalAsync(StrictJson.Types.Reason).ConfigureAwait(false);
        return body.TryGet(out Reason? reason, out Fault? fault)
            ? await FromCustomerAsync(call, new CancelRequest(call.Operation.Id, reason.Text ?? "")).ConfigureAwait(false)
            : fault;
    }

    private static async ValueTask<Reply> RateAsync(Call call)
    {
        Body<Rating> body = await call.ReadAsync(StrictJson.Types.Rating).ConfigureAwait(false);
        if (!body.TryGet(out Rating? rating, out Fault? fault))
        {
            return fault;
        }

        Fields fields = new();
        RateRequest rate = new(call.Operation.Id, fields.Required("/stars", rating.Stars), fields.Required("/resolved", rating.Resolved));
        return fields.HasFault(out fault) ? fault : await FromCustomerAsync(call, rate).ConfigureAwait(false);
    }

    private static async ValueTask<Reply> FromCustomerAsync(Call call, Command command)
    {
        if (await RequestAccess.FindAsync(call).ConfigureAwait(false) is not { } request)
        {
            return Reply.NotFound("request");
        }

        return call.Caller.IsStaff || call.Caller.Submitted(request)
            ? await SendAsync(call, request.Id, command).ConfigureAwait(false)
            : new Fault(ProblemKind.Forbidden, "That is for who submitted the request.");
    }
}
