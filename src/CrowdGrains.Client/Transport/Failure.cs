using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CrowdGrains.Client.Contract;

namespace CrowdGrains.Client.Transport;

/// <summary>What the server may have done in a try that failed.</summary>
internal enum Outcome
{
    /// <summary>Nothing, and it may do it the next time.</summary>
    NotDone,

    /// <summary>Everything or nothing.</summary>
    Unknown,

    /// <summary>Nothing, and it will not do it the next time either.</summary>
    Refused,
}

/// <summary>Why a try failed.</summary>
internal sealed record Failure(Outcome Outcome, Problem Problem, TimeSpan? RetryAfter, Exception? Cause)
{
    private const string KeyInUse = "idempotency-key-in-use";

    public CrowdGrainsException ToException() => new(Problem, RetryAfter, Cause);

    public static Failure TimedOut(TimeSpan limit, Exception cause) => new(
        Outcome.Unknown, Own(0, ProblemCodes.TimedOut, $"No answer came within {limit.TotalSeconds:0.###} s."), null, cause);

    public static Failure Of(Exception fault)
    {
        bool wasReached = (fault as HttpRequestException)?.HttpRequestError is not (
            HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError);
        return new(wasReached ? Outcome.Unknown : Outcome.NotDone, Own(0, ProblemCodes.NoAnswer, fault.Message), null, fault);
    }

    public static Failure Unreadable(int status, Exception? cause) => new(
        Outcome.Refused, Own(status, ProblemCodes.UnreadableAnswer, "The answer is not what the interface promises."), null, cause);

    public static async Task<Failure> ReadAsync(HttpResponseMessage response, TimeProvider clock, CancellationToken cancellation)
    {
        Problem problem = await ReadProblemAsync(response, cancellation).ConfigureAwait(false);
        Outcome outcome = response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout => Outcome.NotDone,
            HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => Outcome.Unknown,

            // An earlier try of the same call, given up here, is still under way there.
            HttpStatusCode.Conflict when problem.Code == KeyInUse => Outcome.Unknown,
            _ => Outcome.Refused,
        };
        return new(outcome, problem, ReadRetryAfter(response.Headers.RetryAfter, clock), null);
    }

    /// <summary>What stands between client and server answers in its own words; then the status is all there is.</summary>
    private static async Task<Problem> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        int status = (int)response.StatusCode;
        try
        {
            if (response.Content.Headers.ContentType?.MediaType is "application/problem+json" or "application/json")
            {
                byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
                if (JsonSerializer.Deserialize(body, ContractJson.Default.Problem) is { Code: not null, Title: not null } problem)
                {
                    return problem with { Status = status };
                }
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or HttpRequestException)
        {
        }

        return Own(status, $"http-{status}", response.ReasonPhrase is { Length: > 0 } reason ? reason : $"HTTP {status}");
    }

    private static TimeSpan? ReadRetryAfter(RetryConditionHeaderValue? header, TimeProvider clock)
    {
        TimeSpan? asked = header?.Delta ?? (header?.Date - clock.GetUtcNow());
        return asked < TimeSpan.Zero ? TimeSpan.Zero : asked;
    }

    private static Problem Own(int status, string code, string title) => new("about:blank", title, status, null, code, null, null);
}
