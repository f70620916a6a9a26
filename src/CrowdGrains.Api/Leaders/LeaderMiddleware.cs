using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Problems;
using Microsoft.AspNetCore.Http;

namespace CrowdGrains.Api.Leaders;

/// <summary>Hands on what the leader alone serves, where this process is not it.</summary>
internal sealed class LeaderMiddleware(RequestDelegate next, Leadership leadership)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context)
    {
        if (leadership.IsHere || context.GetEndpoint()?.Metadata.GetMetadata<LeaderOnly>() is null)
        {
            await next(context).ConfigureAwait(false);
        }
        else if (!await leadership.ForwardAsync(context).ConfigureAwait(false))
        {
            await Reply.Refused(new Fault(ProblemKind.NoLeader) { RetryAfter = RetryAfter }).SendAsync(context).ConfigureAwait(false);
        }
    }
}
