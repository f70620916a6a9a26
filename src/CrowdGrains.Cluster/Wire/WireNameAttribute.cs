namespace CrowdGrains.Cluster.Wire;

/// <summary>
/// How a type of the core is named between machines. Orleans writes the name of the type that a surrogate stands for, never the surrogate's,
/// and the core carries no attribute of Orleans: so the name stands on the surrogate, and <see cref="WireNames"/> hands it over.
/// </summary>
/// <remarks>
/// A surrogate is its own converter. Its empty constructor is there for Orleans, which makes converters by constructors and structs by none.
/// What has its default value is not written, so a field that is missing, because an older program wrote the message, has its default value too.
/// </remarks>
/// <param name="number">Two bytes on the wire. Never used for another type, even when the type is gone.</param>
/// <param name="alias">Where the type is an argument of another. Likewise never used again.</param>
[AttributeUsage(AttributeTargets.Struct)]
internal sealed class WireNameAttribute(uint number, string alias) : Attribute
{
    public uint Number { get; } = number;

    public string Alias { get; } = alias;
}
