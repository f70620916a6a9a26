using CrowdGrains.Core.Turns;
using Microsoft.Data.Sqlite;

namespace CrowdGrains.Hosting.Stores.Sqlite;

/// <summary>
/// Reads what is due page by page, each in a transaction of its own: an open one would keep the write-ahead log from being reused for
/// as long as the caller takes.
/// </summary>
internal sealed class SqliteDues : IDisposable
{
    public const int PageSize = 4096;

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _select;
    private long _last;

    /// <summary>Takes the connection over.</summary>
    public SqliteDues(SqliteConnection connection)
    {
        _connection = connection;
        _select = new SqliteStatement(
            connection.Handle ?? throw new InvalidOperationException("The connection is closed."),
            "SELECT id, kind, key, due FROM grains WHERE id > ?1 AND due IS NOT NULL ORDER BY id LIMIT ?2");
    }

    /// <summary>How many there are on the next page; 0 at the end.</summary>
    public int Read(Span<(GrainId Grain, Instant Due)> page)
    {
        _select.Bind(1, _last);
        _select.Bind(2, (long)page.Length);
        int count = 0;
        try
        {
            while (_select.Step())
            {
                _last = _select.Int64(0);
                page[count++] = (StoredGrain.Read(_select.Int64(1), _select.Text(2)), new Instant(_select.Int64(3)));
            }
        }
        finally
        {
            _select.Reset();
        }

        return count;
    }

    public void Dispose()
    {
        _select.Dispose();
        _connection.Dispose();
    }
}
