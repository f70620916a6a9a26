using System.Diagnostics.CodeAnalysis;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Embedded.Shards;

/// <summary>The grains that a shard has in memory, by id, and in a list so that idle ones are found a few at a time.</summary>
internal sealed class ActivationTable
{
    private readonly Dictionary<string, Activation> _helpers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Activation> _requests = new(StringComparer.Ordinal);
    private readonly Dictionary<CellIndex, Activation> _cells = [];
    private readonly List<Activation> _all = [];

    public int Count => _all.Count;

    /// <summary>By any thread: nearly as many as there are of a kind.</summary>
    public int CountOf(GrainKind kind) => kind switch
    {
        GrainKind.Helper => _helpers.Count,
        GrainKind.Request => _requests.Count,
        _ => _cells.Count,
    };

    public Activation this[int position] => _all[position];

    public bool TryFindHelper(string helper, [NotNullWhen(true)] out Activation? found) => _helpers.TryGetValue(helper, out found);

    public bool TryFind(in GrainId id, [NotNullWhen(true)] out Activation? found) => id.Kind switch
    {
        GrainKind.Helper => _helpers.TryGetValue(id.Name, out found),
        GrainKind.Request => _requests.TryGetValue(id.Name, out found),
        _ => _cells.TryGetValue(id.Cell, out found),
    };

    public void Add(Activation activation)
    {
        switch (activation.Id.Kind)
        {
            case GrainKind.Helper: _helpers.Add(activation.Id.Name, activation); break;
            case GrainKind.Request: _requests.Add(activation.Id.Name, activation); break;
            default: _cells.Add(activation.Id.Cell, activation); break;
        }

        activation.Position = _all.Count;
        _all.Add(activation);
    }

    public void Remove(Activation activation)
    {
        switch (activation.Id.Kind)
        {
            case GrainKind.Helper: _helpers.Remove(activation.Id.Name); break;
            case GrainKind.Request: _requests.Remove(activation.Id.Name); break;
            default: _cells.Remove(activation.Id.Cell); break;
        }

        Activation last = _all[^1];
        _all[activation.Position] = last;
        last.Position = activation.Position;
        _all.RemoveAt(_all.Count - 1);
        activation.Position = -1;
    }
}
