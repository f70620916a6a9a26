using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace CrowdGrains.H3;

/// <summary>The descendants of a cell at one resolution, in index order. Enumerating with foreach allocates nothing.</summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "They are the children of a cell.")]
public readonly struct CellChildren : IEnumerable<CellIndex>, IEquatable<CellChildren>
{
    private readonly CellIndex _parent;
    private readonly int _resolution;

    internal CellChildren(CellIndex parent, int resolution) => (_parent, _resolution) = (parent, resolution);

    public static bool operator ==(CellChildren left, CellChildren right) => left.Equals(right);

    public static bool operator !=(CellChildren left, CellChildren right) => !left.Equals(right);

    public Enumerator GetEnumerator() => new(_parent.Value, _resolution);

    IEnumerator<CellIndex> IEnumerable<CellIndex>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(CellChildren other) => _parent == other._parent && _resolution == other._resolution;

    public override bool Equals(object? obj) => obj is CellChildren other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_parent, _resolution);

    /// <summary>Counts through the digits between the two resolutions like an odometer to base 7.</summary>
    public struct Enumerator : IEnumerator<CellIndex>
    {
        private readonly ulong _parent;
        private readonly int _parentResolution;
        private readonly int _resolution;
        private readonly bool _onPentagon;
        private ulong _current;
        private bool _started;

        internal Enumerator(ulong parent, int resolution)
        {
            _parent = parent;
            _parentResolution = IndexBits.Resolution(parent);
            _resolution = resolution;
            _onPentagon = BaseCells.IsPentagon(IndexBits.BaseCell(parent));
        }

        public readonly CellIndex Current => CellIndex.FromUnchecked(_current);

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            if (_parent == 0)
                return false;
            if (!_started)
            {
                _started = true;
                _current = CellIndex.FromUnchecked(_parent).CenterChild(_resolution).Value;
                return true;
            }

            for (var resolution = _resolution; resolution > _parentResolution; resolution--)
            {
                var one = 1UL << IndexBits.DigitShift(resolution);
                var digit = IndexBits.DigitAt(_current, resolution);
                if (digit < Digit.IJ)
                {
                    _current += one;
                    // The children of a pentagon skip digit 1: those after its centre child start with 2.
                    if (digit == Digit.Center && _onPentagon && IndexBits.LeadingDigit(_current) == Digit.K)
                        _current += one;
                    return true;
                }

                _current -= one * Digit.IJ;
            }

            return false;
        }

        public void Reset() => (_current, _started) = (0, false);

        public readonly void Dispose()
        {
            // Nothing is held.
        }
    }
}
