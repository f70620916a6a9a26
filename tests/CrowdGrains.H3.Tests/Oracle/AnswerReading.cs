namespace CrowdGrains.H3.Tests.Oracle;

/// <summary>The pieces of the oracle's answers and of the golden data.</summary>
internal static class AnswerReading
{
    /// <summary>An index; validated, so a wrong answer cannot pass as a cell. 0 is none.</summary>
    public static CellIndex ReadCell(this BinaryReader reader)
    {
        var value = reader.ReadUInt64();
        return value == 0 ? default : CellIndex.FromValue(value);
    }

    public static CellIndex[] ReadCells(this BinaryReader reader)
    {
        var cells = new CellIndex[reader.ReadInt32()];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = reader.ReadCell();
        return cells;
    }

    public static LatLng ReadDegrees(this BinaryReader reader) => LatLng.FromDegrees(reader.ReadDouble(), reader.ReadDouble());

    /// <summary>Two angles of six bytes each, in 1e-10 degrees.</summary>
    public static LatLng ReadPackedDegrees(this BinaryReader reader) => LatLng.FromDegrees(reader.ReadPackedAngle(), reader.ReadPackedAngle());

    public static bool IsAtEnd(this BinaryReader reader) => reader.BaseStream.Position == reader.BaseStream.Length;

    private static double ReadPackedAngle(this BinaryReader reader) =>
        (reader.ReadUInt32() + ((long)reader.ReadUInt16() << 32) - (1L << 47)) / 1e10;
}
