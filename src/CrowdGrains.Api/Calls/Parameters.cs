using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using CrowdGrains.Api.Bodies;
using CrowdGrains.Api.Problems;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Api.Calls;

/// <summary>
/// Turns parameters of the query into values, and keeps the first fault. What is missing is null; a method whose parameter is at fault
/// gives a value that is not used.
/// </summary>
internal sealed class Parameters(Call call)
{
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
    private static readonly DateTimeOffset LatestTime = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private Fault? _fault;

    public bool HasFault([NotNullWhen(true)] out Fault? fault)
    {
        fault = _fault;
        return fault is not null;
    }

    public void Refuse(string name, string rule) => _fault ??= Fault.Parameter(name, rule);

    /// <summary>A word of the contract, in camelCase.</summary>
    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        if (call.Query(name) is not { } word)
        {
            return null;
        }

        foreach (T value in Enum.GetValues<T>())
        {
            if (JsonNamingPolicy.CamelCase.ConvertName(value.ToString()) == word)
            {
                return value;
            }
        }

        Refuse(name, $"must be one of {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName))}");
        return null;
    }

    public string? Id(string name)
    {
        if (call.Query(name) is { } id && !Identifier.IsValid(id))
        {
            Refuse(name, Identifier.Rule);
            return null;
        }

        return call.Query(name);
    }

    public Instant? Time(string name)
    {
        if (call.Query(name) is not { } text)
        {
            return null;
        }

        // A plus that was not escaped has become a space on its way.
        text = text.Replace(' ', '+');
        if (Rfc3339.HasOffset(text)
            && DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)
            && time >= DateTimeOffset.UnixEpoch && time < LatestTime)
        {
            return Instant.FromDateTimeOffset(time);
        }

        Refuse(name, "must be a time with Z or an offset, as in 2026-01-31T12:00:00Z");
        return null;
    }

    public int? Number(string name, int min, int max)
    {
        if (call.Query(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max)
        {
            return number;
        }

        Refuse(name, $"must be {min} to {max}");
        return null;
    }

    public CellIndex? Cell(string name, int maxResolution)
    {
        if (call.Query(name) is not { } text)
        {
            return null;
        }

        if (CellIndex.TryParse(text, null, out CellIndex cell) && cell.Resolution <= maxResolution)
        {
            return cell;
        }

        Refuse(name, $"must be an H3 cell of resolution 0 to {maxResolution}");
        return null;
    }
}
