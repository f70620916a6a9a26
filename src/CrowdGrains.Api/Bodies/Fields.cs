using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CrowdGrains.Api.Problems;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using Contract = CrowdGrains.Client.Contract;

namespace CrowdGrains.Api.Bodies;

/// <summary>
/// Turns fields of a body into the values of the rules, and keeps the first fault: a body is refused for one field at a time, like the
/// rules themselves do it. A method whose field is at fault gives a value that is not used.
/// </summary>
internal sealed class Fields
{
    private const int MaxListLength = 256;

    private static readonly long EarliestTime = DateTimeOffset.UnixEpoch.ToUnixTimeMilliseconds();
    private static readonly long LatestTime = new DateTimeOffset(9000, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public Fault? Fault { get; private set; }

    public bool HasFault([NotNullWhen(true)] out Fault? fault)
    {
        fault = Fault;
        return fault is not null;
    }

    public void Refuse(string pointer, string rule) => Fault ??= Fault.Field(pointer, rule);

    public T Required<T>(string pointer, T? value)
        where T : struct
    {
        if (value is null)
        {
            Refuse(pointer, "is required");
        }

        return value.GetValueOrDefault();
    }

    public string Required(string pointer, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            Refuse(pointer, "is required");
        }

        return value ?? "";
    }

    /// <summary>An id of a caller's choice, or null when it is missing.</summary>
    public string? Id(string pointer, string? value)
    {
        if (value is not null && !Identifier.IsValid(value))
        {
            Refuse(pointer, Identifier.Rule);
            return null;
        }

        return value;
    }

    public string RequiredId(string pointer, string? value) => Id(pointer, Required(pointer, value)) ?? "_";

    public LatLng? Position(string pointer, Contract.Position? position) =>
        position is null ? null : Position(pointer, position.Lat, position.Lng);

    public LatLng Position(string pointer, double lat, double lng)
    {
        if (LatLng.TryFromDegrees(lat, lng, out LatLng place))
        {
            return place;
        }

        if (Math.Abs(lat) <= 90)
        {
            Refuse($"{pointer}/lng", "must be -180 to 180 degrees");
        }
        else
        {
            Refuse($"{pointer}/lat", "must be -90 to 90 degrees");
        }

        return default;
    }

    public LatLng RequiredPosition(string pointer, Contract.Position? position)
    {
        if (position is null)
        {
            Refuse(pointer, "is required");
        }

        return Position(pointer, position).GetValueOrDefault();
    }

    public Instant? Time(string pointer, DateTimeOffset? time)
    {
        if (time is not { } moment)
        {
            return null;
        }

        long milliseconds = moment.ToUnixTimeMilliseconds();
        if (milliseconds < EarliestTime || milliseconds > LatestTime)
        {
            Refuse(pointer, "must be a time from 1970 to 8999");
            return null;
        }

        return new Instant(milliseconds);
    }

    /// <summary>A list of texts; missing is empty. How many there may be is up to the rules.</summary>
    public ImmutableArray<string> Texts(string pointer, IReadOnlyList<string>? texts, int maxLength)
    {
        if (texts is null || IsTooLong(pointer, texts.Count))
        {
            return [];
        }

        for (int i = 0; i < texts.Count; i++)
        {
            if (texts[i] is not { Length: > 0 } text || text.Length > maxLength)
            {
                Refuse($"{pointer}/{i}", $"must have 1 to {maxLength} characters");
                return [];
            }
        }

        return [.. texts];
    }

    /// <summary>Items of a list; missing is empty.</summary>
    public ImmutableArray<TValue> List<TItem, TValue>(string pointer, IReadOnlyList<TItem>? items, Func<string, TItem, TValue> convert)
        where TItem : class
    {
        if (items is null || IsTooLong(pointer, items.Count))
        {
            return [];
        }

        ImmutableArray<TValue>.Builder values = ImmutableArray.CreateBuilder<TValue>(items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i] is not { } item)
            {
                Refuse($"{pointer}/{i}", "must be an object");
                return [];
            }

            values.Add(convert($"{pointer}/{i}", item));
        }

        return values.MoveToImmutable();
    }

    public Labels Labels(string? externalId, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata?.Count > Core.Turns.Labels.MaxEntries)
        {
            Refuse("/metadata", $"must hold at most {Core.Turns.Labels.MaxEntries} entries");
        }

        return externalId is null && metadata is null or { Count: 0 }
            ? Core.Turns.Labels.None
            : new Labels(externalId ?? "", metadata is null ? [] : [.. metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal)]);
    }

    /// <summary>Labels of what no grain judges.</summary>
    public Labels JudgedLabels(string? externalId, IReadOnlyDictionary<string, string>? metadata)
    {
        Labels labels = Labels(externalId, metadata);
        if (labels.FindFault() is { } fault)
        {
            Refuse(fault.Field, fault.Rule);
        }

        return labels;
    }

    private bool IsTooLong(string pointer, int count)
    {
        // Long before the rules count: a list is copied first.
        if (count > MaxListLength)
        {
            Refuse(pointer, $"must hold at most {MaxListLength} items");
        }

        return count > MaxListLength;
    }
}
