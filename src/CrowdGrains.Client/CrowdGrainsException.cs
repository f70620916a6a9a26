using CrowdGrains.Client.Contract;

namespace CrowdGrains.Client;

/// <summary>A call failed: refused by the server, or without an answer after the last try.</summary>
public sealed class CrowdGrainsException : Exception
{
    public CrowdGrainsException(Problem problem, TimeSpan? retryAfter = null, Exception? innerException = null)
        : base(Describe(problem), innerException)
    {
        Problem = problem;
        RetryAfter = retryAfter;
    }

    public CrowdGrainsException()
        : this("The call failed.")
    {
    }

    public CrowdGrainsException(string message)
        : base(message)
    {
    }

    public CrowdGrainsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What the server says is wrong. Where no server said anything, the client says it with status 0.</summary>
    public Problem Problem { get; } = new("about:blank", "The call failed.", 0, null, ProblemCodes.NoAnswer, null, null);

    /// <summary>Stable; see <see cref="ProblemCodes"/>.</summary>
    public string Code => Problem.Code;

    /// <summary>The HTTP status; 0 when no answer came.</summary>
    public int Status => Problem.Status;

    /// <summary>The fields at fault.</summary>
    public IReadOnlyList<FieldError> Errors => Problem.Errors ?? [];

    /// <summary>When the server wants to be asked again, if it said so.</summary>
    public TimeSpan? RetryAfter { get; }

    private static string Describe(Problem problem)
    {
        string text = problem.Status == 0 ? $"{problem.Code}: {problem.Title}" : $"{problem.Status} {problem.Code}: {problem.Title}";
        text = problem.Detail is { Length: > 0 } detail ? $"{text} {detail}" : text;
        return problem.Errors is { Count: > 0 } errors
            ? $"{text} ({string.Join("; ", errors.Select(error => $"{error.Field}: {error.Message}"))})"
            : text;
    }
}
