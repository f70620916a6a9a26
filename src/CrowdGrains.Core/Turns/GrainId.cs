using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Turns;

public enum GrainKind : byte
{
    None,
    Helper,
    Request,
    Cell,
}

/// <summary>The address of a grain: its kind, and its key, which is an id or an H3 index.</summary>
public readonly struct GrainId : IEquatable<GrainId>
{
    private readonly string? _name;
    private readonly CellIndex _cell;

    private GrainId(GrainKind kind, string? name, CellIndex cell)
    {
        Kind = kind;
        _name = name;
        _cell = cell;
    }

    public GrainKind Kind { get; }

    /// <summary>The id of a helper or request.</summary>
    /// <exception cref="InvalidOperationException">The grain is a cell.</exception>
    public string Name => _name ?? throw new InvalidOperationException("A cell has an index, not a name.");

    /// <summary>The index of a cell; none for other kinds.</summary>
    public CellIndex Cell => _cell;

    public static implicit operator GrainId(HelperId helper) => new(GrainKind.Helper, helper.Value, default);

    public static implicit operator GrainId(RequestId request) => new(GrainKind.Request, request.Value, default);

    public static implicit operator GrainId(CellIndex cell) => new(GrainKind.Cell, null, cell);

    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);

    public bool Equals(GrainId other) => Kind == other.Kind && _cell == other._cell && string.Equals(_name, other._name, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is GrainId other && Equals(other);

    public override int GetHashCode() => _name?.GetHashCode(StringComparison.Ordinal) ?? _cell.GetHashCode();

    public override string ToString() => $"{Kind}/{_name ?? _cell.ToString()}";
}
