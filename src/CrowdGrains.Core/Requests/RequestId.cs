using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Requests;

/// <summary>Names a request.</summary>
public readonly record struct RequestId : IComparable<RequestId>
{
    /// <summary>Unchecked: for text that has passed <see cref="Identifier"/> before.</summary>
    internal RequestId(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="ArgumentException">Not an id by <see cref="Identifier"/>.</exception>
    public static RequestId From(string value) => new(Identifier.Require(value, nameof(value)));

    public int CompareTo(RequestId other) => string.CompareOrdinal(Value, other.Value);

    public static bool operator <(RequestId left, RequestId right) => left.CompareTo(right) < 0;

    public static bool operator >(RequestId left, RequestId right) => left.CompareTo(right) > 0;

    public static bool operator <=(RequestId left, RequestId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(RequestId left, RequestId right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value;
}
