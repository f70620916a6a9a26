using System.Text.Json.Serialization;

namespace CrowdGrains.Client.Contract;

/// <summary>A place in WGS 84 degrees.</summary>
public sealed record Position([property: JsonRequired] double Lat, [property: JsonRequired] double Lng);

/// <summary>An amount in minor units of an ISO 4217 currency.</summary>
public sealed record Money(long Amount, string Currency);

/// <summary>A skill, its level 1 to 5, and until when a certificate proves it.</summary>
public sealed record Skill(string? Name, int? Level)
{
    public DateTimeOffset? CertifiedUntil { get; init; }

    /// <summary>In a request: only a certified helper will do.</summary>
    public bool? Certified { get; init; }
}

/// <summary>One page of a list. Ask again with <paramref name="NextCursor"/> for the next; null on the last.</summary>
public sealed record Page<T>(IReadOnlyList<T> Data, string? NextCursor);

/// <summary>RFC 9457. <paramref name="Code"/> is stable, and the end of <paramref name="Type"/>.</summary>
public sealed record Problem(string Type, string Title, int Status, string? Detail, string Code, string? TraceId, IReadOnlyList<FieldError>? Errors);

/// <summary>A field at fault, as a JSON pointer into the body or the name of a query parameter.</summary>
public sealed record FieldError(string Field, string Message);
