using System.Buffers.Binary;
using System.Text;

namespace CrowdGrains.Hosting.Stores.Moves;

/// <summary>Reads the values of a <see cref="RowBlock"/>, one after the other.</summary>
internal sealed class RowCursor(ReadOnlyMemory<byte> block)
{
    private ReadOnlyMemory<byte> _rest = block;

    public bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Steps over a NULL, or onto the value.</summary>
    /// <exception cref="InvalidDataException">There is no value.</exception>
    public bool IsNull() => Take(1).Span[0] switch
    {
        0 => true,
        1 => false,
        _ => throw new InvalidDataException("A value has no mark."),
    };

    /// <exception cref="InvalidDataException">There is no value.</exception>
    public long Integer() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)).Span);

    /// <exception cref="InvalidDataException">There is no value.</exception>
    public double Real() => BitConverter.Int64BitsToDouble(Integer());

    /// <exception cref="InvalidDataException">There is no value.</exception>
    public string Text() => Encoding.UTF8.GetString(Bytes().Span);

    /// <exception cref="InvalidDataException">There is no value.</exception>
    public ReadOnlyMemory<byte> Bytes() => Take(BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)).Span));

    /// <summary>Steps over all rows and counts them.</summary>
    /// <exception cref="InvalidDataException">They are not rows of the table.</exception>
    public int CountRows(MovedTable table)
    {
        int rows = 0;
        for (; !IsAtEnd; rows++)
        {
            foreach (MovedColumn column in table.Columns)
            {
                if (!IsNull())
                {
                    _ = column.Kind is ColumnKind.Text or ColumnKind.Bytes ? Bytes().Length : Integer();
                }
            }
        }

        return rows;
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        if (length < 0 || length > _rest.Length)
        {
            throw new InvalidDataException("A value is longer than its block.");
        }

        ReadOnlyMemory<byte> taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
