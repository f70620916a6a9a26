using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Problems;
using Microsoft.AspNetCore.Http;

namespace CrowdGrains.Api.Keys;

/// <summary>Says who may call an endpoint. One without it needs no key.</summary>
internal sealed record AllowedScopes(Scopes Scopes);

/// <summary>Finds out who calls: 401 without a valid key, 403 when its scope is not among those the endpoint is for.</summary>
internal sealed class KeyMiddleware(RequestDelegate next, KeyRing keys)
{
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AllowedScopes>() is not { Scopes: var allowed })
        {
            return next(context);
        }

        ReadOnlySpan<char> secret = SecretOf(context.Request);
        if (secret.IsEmpty)
        {
            return Reply.Refused(ProblemKind.Unauthorized, "Authorization: Bearer <key> is missing.").SendAsync(context);
        }

        ValueTask<Caller?> found = keys.FindAsync(secret, context.RequestAborted);
        return found.IsCompletedSuccessfully ? AdmitAsync(context, found.Result, allowed) : AdmitLaterAsync(context, found, allowed);
    }

    private async Task AdmitLaterAsync(HttpContext context, ValueTask<Caller?> found, Scopes allowed) =>
        await AdmitAsync(context, await found.ConfigureAwait(false), allowed).ConfigureAwait(false);

    private Task AdmitAsync(HttpContext context, Caller? caller, Scopes allowed)
    {
        if (caller is null)
        {
            return Reply.Refused(ProblemKind.Unauthorized, "The key is not known, or was revoked.").SendAsync(context);
        }

        if ((caller.Scope & allowed) == 0)
        {
            return Reply.Refused(ProblemKind.Forbidden, $"A key of scope {caller.ScopeText} may not do this.").SendAsync(context);
        }

        context.Features.Set(caller);
        return next(context);
    }

    /// <summary>The secret of the key, without the scheme, which may be spelt in many ways; empty when there is none.</summary>
    public static ReadOnlySpan<char> SecretOf(HttpRequest request)
    {
        string? authorization = request.Headers.Authorization;
        return authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? authorization.AsSpan(Scheme.Length).Trim()
            : [];
    }
}
