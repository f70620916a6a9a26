using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace CrowdGrains.Hosting.Stores.Moves;

/// <summary>Reads a file in the <see cref="StoreFileFormat"/>, with a block of rows in memory. It is read through once before anything in it is believed.</summary>
internal sealed class StoreFileReader : IDisposable
{
    private const int BufferSize = 1 << 20;

    private readonly string _path;
    private readonly FileStream _file;
    private BrotliStream? _body;
    private BinaryReader? _reader;

    private StoreFileReader(string path, FileStream file)
    {
        _path = path;
        _file = file;
    }

    public int Schema { get; private set; }

    public long LastSequence { get; private set; }

    /// <summary>Opens a file that is whole and as it was written.</summary>
    /// <exception cref="StoreException">It cannot be read, is no such file, was cut off or altered, or is of a newer version than the program.</exception>
    public static StoreFileReader Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new StoreException($"{path} is a folder.");
        }

        StoreFileReader? reader = null;
        try
        {
            reader = new StoreFileReader(path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read));
            reader.Check();
            return reader;
        }
        catch (Exception fault)
        {
            reader?.Dispose();
            throw fault switch
            {
                FileNotFoundException or DirectoryNotFoundException => new StoreException($"{path} does not exist.", fault),
                IOException or UnauthorizedAccessException or NotSupportedException => new StoreException($"{path} cannot be read: {fault.Message}", fault),
                _ => fault,
            };
        }
    }

    /// <summary>Reads the next table, which must be this one.</summary>
    /// <param name="pass">Takes each block of rows; the block is gone when it returns. Returns how many rows there were.</param>
    /// <exception cref="StoreException">The file holds something else, or changed since it was opened.</exception>
    public MovedSection Read(MovedTable table, Func<RowCursor, int> pass, Action<string, long>? progress)
    {
        try
        {
            BinaryReader reader = _reader ?? throw new ObjectDisposedException(nameof(StoreFileReader));
            ReadHead(reader, table);
            using SectionDigest digest = new(table, progress);
            byte[] block = [];
            for (int length; (length = reader.ReadInt32()) != 0;)
            {
                if (length is < 0 or > RowBlock.MaxSize)
                {
                    throw new InvalidDataException("A block has no length.");
                }

                block = block.Length < length ? new byte[length] : block;
                reader.BaseStream.ReadExactly(block, 0, length);
                digest.Add(block.AsMemory(0, length), pass(new RowCursor(block.AsMemory(0, length))));
            }

            MovedSection section = digest.Complete();
            return section.Rows == reader.ReadInt64() && section.Hash == Convert.ToHexStringLower(reader.ReadBytes(StoreFileFormat.HashSize))
                ? section
                : throw new InvalidDataException($"The table {table.Name} is not what was written.");
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or FormatException)
        {
            throw new StoreException($"{_path} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>Nothing may come after the last table.</summary>
    /// <exception cref="StoreException">There is more.</exception>
    public void RequireEnd()
    {
        if (_reader is null || _reader.Read() != 0)
        {
            throw new StoreException($"{_path} holds more tables than this program knows.");
        }
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _body?.Dispose();
        _file.Dispose();
    }

    private static void ReadHead(BinaryReader reader, MovedTable table)
    {
        bool isThisOne = reader.ReadByte() == 1 && reader.ReadString() == table.Name && reader.ReadInt32() == table.Columns.Length;
        foreach (MovedColumn column in table.Columns)
        {
            isThisOne = isThisOne && reader.ReadString() == column.Name && reader.ReadByte() == (byte)column.Kind;
        }

        if (!isThisOne)
        {
            throw new InvalidDataException($"the table {table.Name} was expected, with the columns that this program knows.");
        }
    }

    private void Check()
    {
        Span<byte> head = stackalloc byte[StoreFileFormat.HeadSize];
        int got = _file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (!head[..got].StartsWith(StoreFileFormat.Magic))
        {
            throw new StoreException($"{_path} is not a file that crowdgrains export wrote.");
        }

        RequireWhole();
        if (BinaryPrimitives.ReadInt32LittleEndian(head[8..]) is var version and not StoreFileFormat.Version)
        {
            throw new StoreException($"{_path} has format {version} and this program knows format {StoreFileFormat.Version}: it was written by another version of the program.");
        }

        Schema = BinaryPrimitives.ReadInt32LittleEndian(head[12..]);
        LastSequence = BinaryPrimitives.ReadInt64LittleEndian(head[16..]);
        _file.Position = StoreFileFormat.HeadSize;
        _body = new BrotliStream(new BufferedStream(_file, BufferSize), CompressionMode.Decompress);
        _reader = new BinaryReader(_body, Encoding.UTF8);
    }

    private void RequireWhole()
    {
        Span<byte> end = stackalloc byte[StoreFileFormat.EndSize];
        long left = _file.Length - StoreFileFormat.EndSize;
        _file.Position = Math.Max(0, left);
        int got = _file.ReadAtLeast(end, end.Length, throwOnEndOfStream: false);
        if (left < StoreFileFormat.HeadSize || !end[..got].EndsWith(StoreFileFormat.EndMark))
        {
            throw new StoreException($"{_path} was cut off: the end that crowdgrains export writes last is missing.");
        }

        if (!end[..StoreFileFormat.HashSize].SequenceEqual(HashOf(left)))
        {
            throw new StoreException($"{_path} was altered: it is not what its SHA-256 says.");
        }
    }

    private byte[] HashOf(long left)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferSize];
        _file.Position = 0;
        while (left > 0)
        {
            int count = _file.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (count == 0)
            {
                throw new EndOfStreamException("it became shorter.");
            }

            hash.AppendData(buffer, 0, count);
            left -= count;
        }

        return hash.GetHashAndReset();
    }
}
