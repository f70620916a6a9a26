namespace CrowdGrains.Core.Turns;

/// <summary>Names one client command, chosen by the client: the same id asks for the same answer again (HTTP <c>Idempotency-Key</c>).</summary>
public readonly record struct OperationId
{
    /// <summary>Unchecked: for text that has passed <see cref="Identifier"/> before.</summary>
    internal OperationId(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="ArgumentException">Not an id by <see cref="Identifier"/>.</exception>
    public static OperationId From(string value) => new(Identifier.Require(value, nameof(value)));

    public override string ToString() => Value;
}
