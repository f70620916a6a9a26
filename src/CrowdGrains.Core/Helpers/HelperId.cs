using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Helpers;

/// <summary>Names a helper.</summary>
public readonly record struct HelperId : IComparable<HelperId>
{
    /// <summary>Unchecked: for text that has passed <see cref="Identifier"/> before.</summary>
    internal HelperId(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="ArgumentException">Not an id by <see cref="Identifier"/>.</exception>
    public static HelperId From(string value) => new(Identifier.Require(value, nameof(value)));

    public int CompareTo(HelperId other) => string.CompareOrdinal(Value, other.Value);

    public static bool operator <(HelperId left, HelperId right) => left.CompareTo(right) < 0;

    public static bool operator >(HelperId left, HelperId right) => left.CompareTo(right) > 0;

    public static bool operator <=(HelperId left, HelperId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(HelperId left, HelperId right) => left.CompareTo(right) >= 0;

    public override string ToString() => Value;
}
