using CrowdGrains.Api.Bodies;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Idempotency;
using CrowdGrains.Api.Paging;
using CrowdGrains.Api.Problems;
using CrowdGrains.Api.Helpers;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Turns;
using Microsoft.AspNetCore.Http;

namespace CrowdGrains.Api.Keys;

/// <summary>Keys are made, listed and revoked by admins. The secret is in the answer that makes a key and nowhere else.</summary>
internal static class KeyEndpoints
{
    private const int MaxNameLength = 100;

    /// <summary>A key is never changed.</summary>
    private const long OnlyVersion = 1;

    public static void Map(Routes routes)
    {
        routes.Post("/v1/keys", "Makes a key; its secret is shown once.", CreateAsync).WithTag("keys").ByTheLeader().For(Scopes.Admin)
            .Takes<KeyCreation>().Answers<Key>(StatusCodes.Status201Created).Refuses(StatusCodes.Status409Conflict).With(new SecretAnswer());
        routes.Get("/v1/keys", "All keys, without their secrets.", ListAsync).WithTag("keys").ByTheLeader().For(Scopes.Admin).Pages().Answers<Page<Key>>();
        routes.Delete("/v1/keys/{id}", "Revokes a key at once.", RevokeAsync).WithTag("keys").ByTheLeader().For(Scopes.Admin)
            .AnswersNothing().Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);
    }

    private static async ValueTask<Reply> CreateAsync(Call call)
    {
        Body<KeyCreation> body = await call.ReadAsync(StrictJson.Types.KeyCreation).ConfigureAwait(false);
        if (!body.TryGet(out KeyCreation? creation, out Fault? fault))
        {
            return fault;
        }

        string id = call.Operation.NewId("key_");
        if (creation.Scope is not { } scope || !Caller.TryParse(id, scope, out _))
        {
            return Fault.Field("/scope", "must be admin, dispatch, partner:<id> or helper:<id>");
        }

        if (creation.Name is { Length: > MaxNameLength })
        {
            return Fault.Field("/name", $"must have at most {MaxNameLength} characters");
        }

        Fields fields = new();
        Labels labels = fields.JudgedLabels(creation.ExternalId, creation.Metadata);
        if (fields.HasFault(out fault))
        {
            return fault;
        }

        if (call.Api.Keys.Count >= call.Api.Options.MaxKeys)
        {
            return new Fault(ProblemKind.LimitReached, $"There are {call.Api.Options.MaxKeys} keys already.");
        }

        string secret = KeyRing.NewSecret();
        StoredKey key = await call.Api.Keys.AddAsync(id, scope, creation.Name ?? "", secret, labels, call.Cancellation).ConfigureAwait(false);
        return Reply.Created(ToContract(key, secret), ContractJson.Default.Key, $"/v1/keys/{id}", EntityTags.Of(OnlyVersion));
    }

    private static ValueTask<Reply> ListAsync(Call call)
    {
        if (!PageQuery.TryRead(call, out PageQuery page, out Fault? fault))
        {
            return new(fault);
        }

        Page<Key> keys = page.Cut(call.Api.Keys.After(page.After ?? "").Select(key => ToContract(key, null)), key => key.Id);
        return new(Reply.Ok(keys, ContractJson.Default.PageKey));
    }

    private static async ValueTask<Reply> RevokeAsync(Call call)
    {
        if (!call.Api.Keys.TryGet(call.Path("id"), out _))
        {
            return Reply.NotFound("key");
        }

        if (call.IfVersion?.Include(OnlyVersion) == false)
        {
            return new Fault(ProblemKind.VersionMismatch);
        }

        return await call.Api.Keys.RevokeAsync(call.Path("id")).ConfigureAwait(false) switch
        {
            Revocation.Done => Reply.NoContent,
            Revocation.LastAdmin => new Fault(ProblemKind.WrongState, "The last admin key cannot be revoked: make another one first."),
            _ => Reply.NotFound("key"),
        };
    }

    private static Key ToContract(StoredKey key, string? secret) =>
        new(key.Caller.KeyId, key.Caller.ScopeText, key.Name, key.CreatedAt.ToDateTimeOffset(), secret)
        {
            ExternalId = key.Labels.ExternalId is { Length: > 0 } externalId ? externalId : null,
            Metadata = key.Labels.ToMetadata(),
        };
}
