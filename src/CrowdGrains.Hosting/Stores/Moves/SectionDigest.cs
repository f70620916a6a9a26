using System.Data.Common;
using System.Security.Cryptography;

namespace CrowdGrains.Hosting.Stores.Moves;

/// <summary>Counts and hashes the rows of a table as they pass by.</summary>
internal sealed class SectionDigest(MovedTable table, Action<string, long>? progress) : IDisposable
{
    /// <summary>Progress is told every so many rows.</summary>
    private const int TellEvery = 100_000;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _rows;
    private long _told;

    /// <summary>Reads a table, block by block.</summary>
    /// <param name="block">Reused from block to block.</param>
    /// <param name="pass">Called with each block that is not empty.</param>
    public static MovedSection Read(DbConnection connection, MovedTable table, string query, RowBlock block, Action<RowBlock>? pass, Action<string, long>? progress)
    {
        using SectionDigest digest = new(table, progress);
        using DbCommand command = connection.CreateCommand();
        command.CommandText = query;
        using DbDataReader rows = command.ExecuteReader();
        block.Clear();
        for (bool isEnd = false; !isEnd;)
        {
            int count = 0;
            while (!block.IsFull && !isEnd)
            {
                if (rows.Read())
                {
                    block.Append(rows, table);
                    count++;
                }
                else
                {
                    isEnd = true;
                }
            }

            if (count > 0)
            {
                pass?.Invoke(block);
                digest.Add(block.Bytes, count);
                block.Clear();
            }
        }

        return digest.Complete();
    }

    public void Add(ReadOnlyMemory<byte> block, int rows)
    {
        _hash.AppendData(block.Span);
        _rows += rows;
        if (_rows - _told >= TellEvery)
        {
            _told = _rows;
            progress?.Invoke(table.Name, _rows);
        }
    }

    public MovedSection Complete() => new(table.Name, _rows, Convert.ToHexStringLower(_hash.GetHashAndReset()));

    public void Dispose() => _hash.Dispose();
}
