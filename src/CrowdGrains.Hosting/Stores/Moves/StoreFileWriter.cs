using System.Buffers.Binary;
using System.Data.Common;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace CrowdGrains.Hosting.Stores.Moves;

/// <summary>Writes a store in the <see cref="StoreFileFormat"/>, table by table, with a block of rows in memory.</summary>
internal sealed class StoreFileWriter : IDisposable
{
    private readonly Stream _file;
    private readonly SHA256 _sha = SHA256.Create();
    private readonly CryptoStream _hashed;
    private readonly BinaryWriter _writer;
    private readonly RowBlock _block = new();

    /// <summary>The file stays the caller's.</summary>
    public StoreFileWriter(Stream file, int schema, long lastSequence)
    {
        _file = file;
        _hashed = new CryptoStream(file, _sha, CryptoStreamMode.Write, leaveOpen: true);
        Span<byte> head = stackalloc byte[StoreFileFormat.HeadSize];
        StoreFileFormat.Magic.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], StoreFileFormat.Version);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], schema);
        BinaryPrimitives.WriteInt64LittleEndian(head[16..], lastSequence);
        _hashed.Write(head);
        _writer = new BinaryWriter(new BrotliStream(_hashed, CompressionLevel.Fastest, leaveOpen: true), Encoding.UTF8);
    }

    /// <summary>Writes what the query finds of a table.</summary>
    public MovedSection Write(DbConnection connection, MovedTable table, string query, Action<string, long>? progress)
    {
        _writer.Write((byte)1);
        _writer.Write(table.Name);
        _writer.Write(table.Columns.Length);
        foreach (MovedColumn column in table.Columns)
        {
            _writer.Write(column.Name);
            _writer.Write((byte)column.Kind);
        }

        MovedSection section = SectionDigest.Read(connection, table, query, _block, Write, progress);
        _writer.Write(0);
        _writer.Write(section.Rows);
        _writer.Write(Convert.FromHexString(section.Hash));
        return section;
    }

    /// <summary>Writes the end, without which the file is refused.</summary>
    public void Complete()
    {
        _writer.Write((byte)0);
        _writer.Dispose();
        _hashed.FlushFinalBlock();
        _file.Write(_sha.Hash);
        _file.Write(StoreFileFormat.EndMark);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _hashed.Dispose();
        _sha.Dispose();
    }

    private void Write(RowBlock block)
    {
        _writer.Write(block.Bytes.Length);
        _writer.Write(block.Bytes.Span);
    }
}
