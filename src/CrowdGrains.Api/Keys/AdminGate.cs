using System.Text;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CrowdGrains.Api.Keys;

/// <summary>
/// Stands before pages that are for admins and are none of the interface's own. The key comes as everywhere, or as the password of HTTP
/// Basic: a browser that opens a page can send no other.
/// </summary>
public static class AdminGate
{
    private const string Scheme = "Basic ";
    private const string Challenge = "Basic realm=\"CrowdGrains\", charset=\"UTF-8\"";

    /// <summary>True for an admin; otherwise the call is answered, 401 without a valid key and 403 with another's.</summary>
    public static async Task<bool> AdmitsAsync(HttpContext context)
    {
        SecurityHeaders.Set(context.Response.Headers);
        KeyRing keys = context.RequestServices.GetRequiredService<KeyRing>();
        if (await keys.FindAsync(SecretOf(context.Request), context.RequestAborted).ConfigureAwait(false) is not { } caller)
        {
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.WWWAuthenticate = Challenge;
                return Task.CompletedTask;
            });
            await Reply.Refused(ProblemKind.Unauthorized, "An admin key is needed.").SendAsync(context).ConfigureAwait(false);
            return false;
        }

        if (!caller.IsAdmin)
        {
            await Reply.Refused(ProblemKind.Forbidden, $"A key of scope {caller.ScopeText} may not do this.").SendAsync(context).ConfigureAwait(false);
            return false;
        }

        return true;
    }

    private static ReadOnlySpan<char> SecretOf(HttpRequest request)
    {
        string authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return KeyMiddleware.SecretOf(request);
        }

        byte[] bytes = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization[Scheme.Length..].Trim(), bytes, out int length))
        {
            return [];
        }

        // user:password, and any user.
        string pair = Encoding.UTF8.GetString(bytes, 0, length);
        return pair.AsSpan(pair.IndexOf(':', StringComparison.Ordinal) + 1);
    }
}
