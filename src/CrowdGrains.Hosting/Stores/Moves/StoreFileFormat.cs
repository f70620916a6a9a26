namespace CrowdGrains.Hosting.Stores.Moves;

/// <summary>
/// A store as one file, whichever database it is in:
/// <code>
/// head     8 bytes that name the format, its version (4), the schema (4), the sequence of the last event (8)
/// body     compressed with Brotli: a section for each table, then the byte 0
/// section  the byte 1, the table's name, the number of its columns, their names and kinds;
///          blocks of rows, each with its length before it (4), then the length 0; the number of rows (8) and their SHA-256 (32)
/// end      the SHA-256 of everything before it (32), 8 bytes that say that the file is whole
/// </code>
/// Numbers are little-endian; a name has its length before it, as <see cref="BinaryWriter"/> writes texts.
/// </summary>
internal static class StoreFileFormat
{
    public const int Version = 1;

    public const int HeadSize = 24;

    public const int EndSize = HashSize + 8;

    public const int HashSize = 32;

    /// <summary>Not text, and changed by whatever takes it for text.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'C', (byte)'G', (byte)'S', 0x0d, 0x0a, 0x1a, 0x0a];

    public static ReadOnlySpan<byte> EndMark => "\r\nCGEND\n"u8;
}
