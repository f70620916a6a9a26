using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Helpers;

/// <summary>Names the partner company a helper belongs to.</summary>
public readonly record struct PartnerId
{
    /// <summary>Unchecked: for text that has passed <see cref="Identifier"/> before.</summary>
    internal PartnerId(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="ArgumentException">Not an id by <see cref="Identifier"/>.</exception>
    public static PartnerId From(string value) => new(Identifier.Require(value, nameof(value)));

    public override string ToString() => Value;
}
