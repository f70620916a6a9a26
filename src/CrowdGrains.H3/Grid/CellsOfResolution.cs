using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace CrowdGrains.H3;

/// <summary>All cells of one resolution, in index order. Enumerating with foreach allocates nothing.</summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "They are the cells of a resolution.")]
public readonly record struct CellsOfResolution : IEnumerable<CellIndex>
{
    private readonly int _resolution;

    internal CellsOfResolution(int resolution) => _resolution = resolution;

    public Enumerator GetEnumerator() => new(_resolution);

    IEnumerator<CellIndex> IEnumerable<CellIndex>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Goes through the children of each base cell in turn.</summary>
    public struct Enumerator : IEnumerator<CellIndex>
    {
        private readonly int _resolution;
        private int _nextBaseCell;
        private CellChildren.Enumerator _children;

        internal Enumerator(int resolution) => _resolution = resolution;

        public readonly CellIndex Current => _children.Current;

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            while (!_children.MoveNext())
            {
                if (_nextBaseCell == H3Grid.BaseCellCount)
                    return false;
                _children = H3Grid.BaseCell(_nextBaseCell++).Children(_resolution).GetEnumerator();
            }

            return true;
        }

        public void Reset() => (_nextBaseCell, _children) = (0, default);

        public readonly void Dispose()
        {
            // Nothing is held.
        }
    }
}
