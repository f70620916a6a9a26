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
    // Ten times a second, or a key at its limit would be served in jerks.
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    public static void Configure(RateLimiterOptions limiter, ApiOptions options)
    {
        TokenBucketRateLimiterOptions bucket = new()
        {
            TokenLimit = options.CallsAtOnce,
            TokensPerPeriod = Math.Max(1, options.CallsPerSecond / 10),
            ReplenishmentPeriod = options.CallsPerSecond >= 10 ? Period : Period * 10 / options.CallsPerSecond,
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
