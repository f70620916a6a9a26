using System.IO.Compression;
using System.Text;
using CsvHelper;

namespace CrowdGrains.Server.Days;

/// <summary>Which part of a file to read, and which columns; null takes what the header suggests.</summary>
public sealed record DayQuery(DateTime? From, DateTime? To, string? TimeColumn, string? LatColumn, string? LngColumn, string? TypeColumn, ulong Seed);

/// <summary>
/// Reads a day of demand from a CSV file, gzip-compressed or not: trip records and 311 records by their headers. Rows that cannot be
/// used are counted by reason; only a file that cannot be used at all is an error.
/// </summary>
public static class DayReader
{
    public const int MaxRows = 5_000_000;
    public static readonly TimeSpan MaxSpan = TimeSpan.FromDays(8);
    private const int MaxColumns = 1000;

    private static readonly CsvReaderOptions Options = new()
    {
        HasHeader = false,
        TrackLineNumbers = true,
        TrimWhitespace = true,
        MaxRecordSize = 1024 * 1024,
    };

    /// <exception cref="InputException">The file is missing, empty, not a CSV file, lacks a column, or has no usable row.</exception>
    public static Day Read(string path, DayQuery query)
    {
        try
        {
            using Stream file = Open(path);
            using StreamReader text = new(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Read(text, query);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new InputException($"{path}: cannot be read: {fault.Message}", fault);
        }
        catch (DecoderFallbackException fault)
        {
            throw new InputException($"{path}: is not a text file (UTF-8).", fault);
        }
        catch (Exception fault) when (fault is InputException or CsvFormatException)
        {
            throw new InputException($"{path}: {FirstLine(fault.Message)}", fault);
        }
    }

    /// <summary>Reads from text; errors do not name a file.</summary>
    public static Day Read(TextReader text, DayQuery query)
    {
        using CsvReader reader = CsvReader.Create(text, Options, leaveOpen: true);
        if (!reader.Read() || reader.Current.ToArray() is not { Length: > 0 } header || header.All(string.IsNullOrWhiteSpace))
        {
            throw new InputException("the file is empty.");
        }

        if (header.Length > MaxColumns || header.Any(name => name.Any(char.IsControl)))
        {
            throw new InputException("the file is not a CSV file.");
        }

        DayRows rows = new(DayColumns.Find(header, query.TimeColumn, query.LatColumn, query.LngColumn, query.TypeColumn), header, query);
        while (reader.Read())
        {
            if (rows.Count == MaxRows)
            {
                throw new InputException($"has more than {MaxRows} rows: split it.");
            }

            rows.Add(reader.Current.ToArray(), (int)reader.LineNumber, header.Length);
        }

        return rows.Close();
    }

    private static Stream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InputException("is a folder, not a file.");
        }

        FileStream file = File.OpenRead(path);
        if (!file.CanSeek)
        {
            file.Dispose();
            throw new InputException("is a pipe or a device, not a file.");
        }

        int first = file.ReadByte();
        int second = file.ReadByte();
        file.Position = 0;
        return first == 0x1F && second == 0x8B ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd('\r');
}
