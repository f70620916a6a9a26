using System.Buffers;
using System.Buffers.Binary;
using System.Data.Common;
using System.Text;

namespace CrowdGrains.Hosting.Stores.Moves;

/// <summary>
/// Rows of one table as bytes, the same whichever database they come from. A value is 0 when it is NULL, else 1 and: a number as eight
/// bytes, a text or bytes as a length in four and then themselves. Numbers are little-endian, texts UTF-8.
/// </summary>
internal sealed class RowBlock
{
    /// <summary>A block of more is written before it takes another row, so that memory is bounded by this and one row. Default: 256 KB.</summary>
    public const int FullSize = 256 << 10;

    /// <summary>The largest block there is: a full one and a row. Default: 1 GB.</summary>
    public const int MaxSize = 1 << 30;

    private readonly ArrayBufferWriter<byte> _bytes = new(2 * FullSize);

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    public bool IsFull => _bytes.WrittenCount >= FullSize;

    public void Clear() => _bytes.ResetWrittenCount();

    /// <summary>Adds the row that the reader stands on.</summary>
    /// <exception cref="StoreException">The row is too large.</exception>
    public void Append(DbDataReader row, MovedTable table)
    {
        for (int i = 0; i < table.Columns.Length; i++)
        {
            if (row.IsDBNull(i))
            {
                Mark(0);
                continue;
            }

            Mark(1);
            switch (table.Columns[i].Kind)
            {
                case ColumnKind.Small or ColumnKind.Integer:
                    Append(row.GetInt64(i));
                    break;
                case ColumnKind.Real:
                    Append(BitConverter.DoubleToInt64Bits(row.GetDouble(i)));
                    break;
                case ColumnKind.Text:
                    Append(row.GetString(i), table);
                    break;
                case ColumnKind.Bytes:
                    Append(row.GetFieldValue<byte[]>(i), table);
                    break;
                default:
                    throw new InvalidOperationException($"{table.Name} has a column of an unknown kind.");
            }
        }
    }

    private void Mark(byte mark)
    {
        _bytes.GetSpan(1)[0] = mark;
        _bytes.Advance(1);
    }

    private void Append(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
    }

    private void Append(string text, MovedTable table)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        AppendLength(length, table);
        _bytes.Advance(Encoding.UTF8.GetBytes(text, _bytes.GetSpan(length)));
    }

    private void Append(byte[] bytes, MovedTable table)
    {
        AppendLength(bytes.Length, table);
        _bytes.Write(bytes);
    }

    private void AppendLength(int length, MovedTable table)
    {
        if (length > MaxSize - FullSize - _bytes.WrittenCount)
        {
            throw new StoreException($"The table {table.Name} holds a row that is too large to move.");
        }

        BinaryPrimitives.WriteInt32LittleEndian(_bytes.GetSpan(sizeof(int)), length);
        _bytes.Advance(sizeof(int));
    }
}
