namespace CrowdGrains.H3;

/// <summary>Why the grid refused an operation. The numbers are those of the H3 library.</summary>
public enum H3Error
{
    None = 0,

    /// <summary>The grid cannot answer: the cells are too far apart, or a pentagon lies between them.</summary>
    Failed = 1,

    /// <summary>The value is not a cell.</summary>
    CellInvalid = 5,

    /// <summary>The distortion around a pentagon is in the way.</summary>
    Pentagon = 9,

    /// <summary>A cell is given twice.</summary>
    DuplicateInput = 10,

    /// <summary>The cells do not share an edge.</summary>
    NotNeighbors = 11,

    /// <summary>The cells' resolutions do not fit together.</summary>
    ResolutionMismatch = 12,
}
