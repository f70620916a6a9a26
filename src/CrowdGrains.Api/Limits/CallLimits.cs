using System.Threading.RateLimiting;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace CrowdGrains.Api.Limits;

/// <summary>How many calls a key may make: a token bucket per key.</summary>
internal static class CallLimits
{
    /// <summary>About so often a second tokens are added, or a key at its limit would be served in jerks.</summary>
    private const int StepsPerSecond = 10;

    public static void Configure(RateLimiterOptions limiter, ApiOptions options)
    {
        int tokens = Math.Max(1, options.CallsPerSecond / StepsPerSecond);
        TokenBucketRateLimiterOptions bucket = new()
        {
            TokenLimit = options.CallsAtOnce,
            TokensPerPeriod = tokens,

            // Of the tokens, not a fixed one: 19 calls a second are not 10.
            ReplenishmentPeriod = TimeSpan.FromSeconds((double)tokens / options.CallsPerSecond),
            QueueLimit = 0,
            AutoReplenishment = false,
        };
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => context.Features.Get<Caller>() is { } caller
            ? RateLimitPartition.GetTokenBucketLimiter(caller.KeyId, _ => bucket)
            : RateLimitPartition.GetNoLimiter(""));
        limiter.OnRejected = static (rejected, _) =>
        {
            TimeSpan pause = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan named) ? named : TimeSpan.FromSeconds(1);
            Fault fault = new(ProblemKind.TooManyRequests) { RetryAfter = pause };
            return new ValueTask(Reply.Refused(fault).SendAsync(rejected.HttpContext));
        };
    }
}
