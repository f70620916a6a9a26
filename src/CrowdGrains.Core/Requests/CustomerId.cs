using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Requests;

/// <summary>Names the customer who submits a request.</summary>
public readonly record struct CustomerId
{
    /// <summary>Stands where a customer was erased.</summary>
    public static readonly CustomerId Erased = new("erased");

    /// <summary>Unchecked: for text that has passed <see cref="Identifier"/> before.</summary>
    internal CustomerId(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="ArgumentException">Not an id by <see cref="Identifier"/>.</exception>
    public static CustomerId From(string value) => new(Identifier.Require(value, nameof(value)));

    public override string ToString() => Value;
}
