using CrowdGrains.Api.Bodies;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Problems;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using Microsoft.AspNetCore.Http;

namespace CrowdGrains.Api.Requests;

/// <summary>The job, as the assigned helper reports it; the staff and the helper's partner may do so in its place.</summary>
internal static class JobEndpoints
{
    public static void Map(Routes routes)
    {
        Verb(routes, "en-route", "The assigned helper sets out.", call => ReportAsync(call, helper => new ReportEnRoute(call.Operation.Id, helper)));
        Verb(routes, "arrive", "The assigned helper is there.", call => ReportAsync(call, helper => new ReportArrival(call.Operation.Id, helper)));
        Verb(routes, "complete", "The visit is over.", CompleteAsync).Takes<Completion>();
        Verb(routes, "abort", "The assigned helper gives up; somebody else is looked for.", AbortAsync).Takes<Reason>(isOptional: true);
    }

    private static Route Verb(Routes routes, string verb, string summary, Func<Call, ValueTask<Reply>> handler) =>
        routes.Post($"/v1/requests/{{id}}:{verb}", summary, handler).WithTag("jobs").For(Scopes.All).Answers<Request>()
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);

    private static async ValueTask<Reply> CompleteAsync(Call call)
    {
        Body<Completion> body = await call.ReadAsync(StrictJson.Types.Completion).ConfigureAwait(false);
        if (!body.TryGet(out Completion? completion, out Fault? fault))
        {
            return fault;
        }

        Fields fields = new();
        bool isResolved = fields.Required("/resolved", completion.Resolved);
        return fields.HasFault(out fault)
            ? fault
            : await ReportAsync(call, helper => new CompleteVisit(call.Operation.Id, helper, isResolved)).ConfigureAwait(false);
    }

    private static async ValueTask<Reply> AbortAsync(Call call)
    {
        Body<Reason> body = await call.ReadOptionalAsync(StrictJson.Types.Reason).ConfigureAwait(false);
        return body.TryGet(out Reason? reason, out Fault? fault)
            ? await ReportAsync(call, helper => new AbortVisit(call.Operation.Id, helper, reason.Text ?? "")).ConfigureAwait(false)
            : fault;
    }

    private static async ValueTask<Reply> ReportAsync(Call call, Func<HelperId, Command> command)
    {
        if (await RequestAccess.FindAnyAsync(call).ConfigureAwait(false) is not { } request)
        {
            return Reply.NotFound("request");
        }

        if (!await RequestAccess.MaySeeAsync(call, request).ConfigureAwait(false))
        {
            return await RepeatAsync(call, request, command).ConfigureAwait(false);
        }

        (HelperId helper, Fault? fault) = await RequestAccess.FindActorAsync(call, request).ConfigureAwait(false);
        return fault is null ? await RequestEndpoints.SendAsync(call, request.Id, command(helper)).ConfigureAwait(false) : fault;
    }

    /// <summary>Who gave the job up may not have heard that it was done, and says so again; for anything else the request does not exist.</summary>
    private static async ValueTask<Reply> RepeatAsync(Call call, RequestSnapshot request, Func<HelperId, Command> command)
    {
        if (await RequestAccess.FindFormerAsync(call, request).ConfigureAwait(false) is not { } former)
        {
            return Reply.NotFound("request");
        }

        Answer answer = await call.Engine.AskAsync(request.Id, call.Signed(command(former)), call.Cancellation).ConfigureAwait(false);
        return answer.Code == AnswerCode.Ok
            ? await RequestEndpoints.ShowAsync(call, request.Id).ConfigureAwait(false)
            : Reply.NotFound("request");
    }
}
