using System.Collections.Immutable;
using System.Reflection;
using CrowdGrains.Cluster.Wire;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Configuration;

[assembly: TypeManifestProvider(typeof(WireNames))]

namespace CrowdGrains.Cluster.Wire;

/// <summary>
/// Tells Orleans of every wire type of this assembly, wherever the assembly is loaded, silo or client: its name, and that it is immutable.
/// A call within a silo hands the very object over; a converter alone would have Orleans copy it through its surrogate.
/// </summary>
internal sealed class WireNames : TypeManifestProviderBase
{
    /// <summary>Every type of ours that crosses the wire, with its surrogate.</summary>
    public static readonly ImmutableArray<WireType> All =
    [
        .. from surrogate in typeof(WireNames).Assembly.GetTypes()
           let name = surrogate.GetCustomAttribute<WireNameAttribute>()
           where name is not null
           orderby name.Number
           select new WireType(name.Number, name.Alias, ConvertedBy(surrogate), surrogate),
    ];

    protected override void ConfigureInner(TypeManifestOptions options)
    {
        foreach (WireType type in All)
        {
            options.WellKnownTypeIds.Add(type.Number, type.Type);
            options.WellKnownTypeAliases.Add(type.Alias, type.Type);
            for (Type? level = type.Type; level is { IsValueType: false } && level != typeof(object); level = level.BaseType)
            {
                options.Copiers.Add(typeof(ShallowCopier<>).MakeGenericType(level));
            }
        }
    }

    private static Type ConvertedBy(Type surrogate) =>
        surrogate.GetInterfaces()
            .Single(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IConverter<,>))
            .GetGenericArguments()[0];
}

/// <summary>A type of the core as it crosses the wire.</summary>
internal sealed record WireType(uint Number, string Alias, Type Type, Type Surrogate);
