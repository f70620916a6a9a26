using CrowdGrains.Api.Bodies;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Problems;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using Microsoft.AspNetCore.Http;
using GoOnline = CrowdGrains.Core.Helpers.GoOnline;

namespace CrowdGrains.Api.Helpers;

/// <summary>
/// Helpers: made by the staff or their partner, changed by those and themselves, on and off duty by their own device. A partner's key
/// makes and sees its own helpers only, a helper's key itself.
/// </summary>
internal static class HelperEndpoints
{
    private const int PatchAttempts = 5;

    public static void Map(Routes routes)
    {
        routes.Post("/v1/helpers", "Makes a helper known.", RegisterAsync).WithTag("helpers").For(Scopes.Staff | Scopes.Partner)
            .Takes<HelperRegistration>().Answers<Helper>(StatusCodes.Status201Created).Refuses(StatusCodes.Status409Conflict);
        routes.Get("/v1/helpers/{id}", "A helper.", GetAsync).WithTag("helpers").For(Scopes.All)
            .Answers<Helper>().AnswersNothing(StatusCodes.Status304NotModified).Refuses(StatusCodes.Status404NotFound);
        routes.Patch("/v1/helpers/{id}", "Changes a helper: what is missing stays.", PatchAsync).WithTag("helpers").For(Scopes.Staff | Scopes.Partner)
            .Takes<HelperPatch>().Answers<Helper>().Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
        Verb(routes, "online", "The shift begins.", OnlineAsync).Takes<Client.Contract.GoOnline>(isOptional: true);
        Verb(routes, "offline", "The shift ends; open offers are declined, jobs stay.", call => CommandAsync(call, operation => new GoOffline(operation)));
        Verb(routes, "break", "No offers until the helper goes online again.", call => CommandAsync(call, operation => new TakeBreak(operation)));
    }

    /// <summary>The helper named in the path, if it exists for the caller.</summary>
    public static async ValueTask<HelperSnapshot?> FindAsync(Call call) =>
        Identifier.IsValid(call.Path("id"))
        && await call.Engine.FindHelperAsync(HelperId.From(call.Path("id")), call.Cancellation).ConfigureAwait(false) is { } helper
        && call.Caller.MaySee(helper)
            ? helper
            : null;

    private static Route Verb(Routes routes, string verb, string summary, Func<Call, ValueTask<Reply>> handler) =>
        routes.Post($"/v1/helpers/{{id}}:{verb}", summary, handler).WithTag("helpers").For(Scopes.All).Answers<Helper>()
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);

    private static async ValueTask<Reply> RegisterAsync(Call call)
    {
        Body<HelperRegistration> body = await call.ReadAsync(StrictJson.Types.HelperRegistration).ConfigureAwait(false);
        if (!body.TryGet(out HelperRegistration? registration, out Fault? fault))
        {
            return fault;
        }

        Fields fields = new();
        string id = fields.Id("/id", registration.Id) ?? call.Operation.NewId("hlp_");
        PartnerId? partner = PartnerOf(call.Caller, registration.PartnerId, fields);
        HelperProfile profile = HelperProfiles.Read(registration, partner, fields);
        LatLng? position = fields.Position("/position", registration.Position);
        if (fields.HasFault(out fault))
        {
            return fault;
        }

        HelperId helper = HelperId.From(id);
        RegisterHelper register = call.Signed(new RegisterHelper(call.Operation.Id, profile, position));
        Answer answer = await call.Engine.AskAsync(helper, register, call.Cancellation).ConfigureAwait(false);
        if (answer.FaultOf("helper") is { } refusal)
        {
            return refusal;
        }

        return await call.Engine.FindHelperAsync(helper, call.Cancellation).ConfigureAwait(false) is { } made
            ? Reply.Created(made.ToContract(), ContractJson.Default.Helper, $"/v1/helpers/{id}", made.ETag())
            : Reply.NotFound("helper");
    }

    private static async ValueTask<Reply> GetAsync(Call call) => await FindAsync(call).ConfigureAwait(false) is { } helper
        ? Show(call, helper)
        : Reply.NotFound("helper");

    private static async ValueTask<Reply> PatchAsync(Call call)
    {
        Body<HelperPatch> body = await call.ReadAsync(StrictJson.Types.HelperPatch).ConfigureAwait(false);
        if (!body.TryGet(out HelperPatch? patch, out Fault? fault))
        {
            return fault;
        }

        for (int attempt = 1; ; attempt++)
        {
            if (await FindAsync(call).ConfigureAwait(false) is not { } helper)
            {
                return Reply.NotFound("helper");
            }

            Fields fields = new();
            HelperProfile profile = HelperProfiles.Apply(patch, helper.Card.Profile, fields);
            if (fields.HasFault(out fault))
            {
                return fault;
            }

            // On the version the patch was made for, or two patches at once would undo each other; a client that named none is not to blame.
            UpdateHelper update = new UpdateHelper(Operation.Random().Id, profile) with { Actor = call.Actor, IfVersion = call.IfVersion ?? Versions.Of(helper.Version) };
            Answer answer = await call.Engine.AskAsync(helper.Id, update, call.Cancellation).ConfigureAwait(false);
            if (answer.Code == AnswerCode.VersionMismatch && call.IfVersion is null && attempt < PatchAttempts)
            {
                continue;
            }

            return answer.FaultOf("helper") is { } refusal ? refusal : await GetAfterAsync(call, helper.Id).ConfigureAwait(false);
        }
    }

    private static async ValueTask<Reply> OnlineAsync(Call call)
    {
        Body<Client.Contract.GoOnline> body = await call.ReadOptionalAsync(StrictJson.Types.GoOnline).ConfigureAwait(false);
        if (!body.TryGet(out Client.Contract.GoOnline? online, out Fault? fault))
        {
            return fault;
        }

        Fields fields = new();
        LatLng? place = fields.Position("/position", online.Position);
        Instant? until = fields.Time("/until", online.Until);
        if (fields.HasFault(out fault))
        {
            return fault;
        }

        if (await FindAsync(call).ConfigureAwait(false) is not { } helper)
        {
            return Reply.NotFound("helper");
        }

        // Back from a break a device may leave it out: the helper is where it was last.
        return (place ?? helper.Position) is { } here
            ? await CommandAsync(call, operation => new GoOnline(operation, here, until)).ConfigureAwait(false)
            : Fault.Field("/position", "is required: no last position is known");
    }

    private static async ValueTask<Reply> CommandAsync(Call call, Func<OperationId, Command> command)
    {
        if (await FindAsync(call).ConfigureAwait(false) is not { } helper)
        {
            return Reply.NotFound("helper");
        }

        Answer answer = await call.Engine.AskAsync(helper.Id, call.Signed(command(call.Operation.Id)), call.Cancellation).ConfigureAwait(false);
        return answer.FaultOf("helper") is { } refusal ? refusal : await GetAfterAsync(call, helper.Id).ConfigureAwait(false);
    }

    private static async ValueTask<Reply> GetAfterAsync(Call call, HelperId id) =>
        await call.Engine.FindHelperAsync(id, call.Cancellation).ConfigureAwait(false) is { } helper
            ? Reply.Ok(helper.ToContract(), ContractJson.Default.Helper, helper.ETag())
            : Reply.NotFound("helper");

    private static Reply Show(Call call, HelperSnapshot helper) =>
        EntityTags.Matches(call.Http.Request.Headers.IfNoneMatch, helper.ETag())
            ? Reply.NotModified(helper.ETag())
            : Reply.Ok(helper.ToContract(), ContractJson.Default.Helper, helper.ETag());

    /// <summary>A partner's helpers are its own, whether the body says so or not.</summary>
    private static PartnerId? PartnerOf(Caller caller, string? named, Fields fields)
    {
        string? partner = fields.Id("/partnerId", named);
        if (caller.Partner is { } own)
        {
            if (partner is not null && partner != own.Value)
            {
                fields.Refuse("/partnerId", $"must be {own.Value} or missing with the key of this partner");
            }

            return own;
        }

        return partner is null ? null : PartnerId.From(partner);
    }
}
