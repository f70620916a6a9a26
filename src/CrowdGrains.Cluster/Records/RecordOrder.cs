using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Cluster.Records;

/// <summary>The order in which records are locked: by kind, then by key.</summary>
internal sealed class RecordOrder : IComparer<(GrainKind Kind, string Key)>
{
    public static readonly RecordOrder Instance = new();

    public static (GrainKind Kind, string Key) KeyOf(GrainId grain) => (grain.Kind, StoredGrain.KeyOf(grain));

    public int Compare((GrainKind Kind, string Key) x, (GrainKind Kind, string Key) y) =>
        x.Kind != y.Kind ? x.Kind.CompareTo(y.Kind) : string.CompareOrdinal(x.Key, y.Key);
}
