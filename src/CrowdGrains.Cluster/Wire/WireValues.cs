using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Cluster.Wire;

/// <summary>Texts and lists: what is empty is null on the wire, and so is not written at all.</summary>
internal static class WireValues
{
    public static string? ToWire(this string text) => string.IsNullOrEmpty(text) ? null : text;

    public static string FromWire(this string? text) => text ?? "";

    /// <summary>No operation is one without a name.</summary>
    public static OperationId ToWire(this OperationId? operation) => operation.GetValueOrDefault();

    public static OperationId? FromWire(this OperationId operation) => operation == default ? null : operation;

    /// <summary>The array within, with no copy made: Orleans only reads what it writes, and keeps nothing of what it has read.</summary>
    public static T[]? ToWire<T>(this ImmutableArray<T> items) => items.IsDefaultOrEmpty ? null : ImmutableCollectionsMarshal.AsArray(items);

    /// <summary>Never default, and what is empty equals every other that is.</summary>
    public static ImmutableArray<T> FromWire<T>(this T[]? items) => items is null or [] ? [] : ImmutableCollectionsMarshal.AsImmutableArray(items);
}
