using System.Diagnostics;
using CrowdGrains.Client.Contract;
using Microsoft.AspNetCore.Http;

namespace CrowdGrains.Api.Problems;

/// <summary>Why a call is refused: becomes the problem that goes out.</summary>
internal sealed record Fault(ProblemKind Kind, string? Detail = null)
{
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>When it makes sense to ask again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What is left of the request cannot be read, or is not: said aloud, or the client's next call would run into it.</summary>
    public bool EndsConnection { get; init; } = Kind == ProblemKind.BodyTooLarge;

    /// <summary>A field of the body, by its JSON pointer.</summary>
    public static Fault Field(string pointer, string rule) =>
        new(ProblemKind.Invalid, $"{pointer} {rule}.") { Errors = [new FieldError(pointer, rule)] };

    /// <summary>A query parameter or header, by its name.</summary>
    public static Fault Parameter(string name, string rule) =>
        new(ProblemKind.InvalidParameter, $"{name} {rule}.") { Errors = [new FieldError(name, rule)] };

    public Problem ToProblem(HttpContext context) => new(
        Kind.Type, Kind.Title, Kind.Status, Detail, Kind.Code, Activity.Current?.Id ?? context.TraceIdentifier, Errors);
}
