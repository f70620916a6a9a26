using CrowdGrains.Core.Turns;
using Microsoft.Data.Sqlite;

namespace CrowdGrains.Hosting.Stores.Sqlite;

/// <summary>A connection for loading grains, with its statements prepared.</summary>
internal sealed class SqliteLoader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _select;
    private readonly SqliteStatement _end;

    /// <summary>Takes the connection over.</summary>
    public SqliteLoader(SqliteConnection connection)
    {
        _connection = connection;
        SQLitePCL.sqlite3 handle = connection.Handle ?? throw new InvalidOperationException("The connection is closed.");
        _begin = new SqliteStatement(handle, "BEGIN");
        _select = new SqliteStatement(handle, "SELECT version, due, state, length FROM grains WHERE kind = ?1 AND key = ?2");
        _end = new SqliteStatement(handle, "COMMIT");
    }

    public List<GrainRow> Load(IReadOnlyCollection<GrainId> grains)
    {
        List<GrainRow> rows = new(grains.Count);

        // One transaction, so that the lock is taken once.
        _begin.Run();
        try
        {
            foreach (GrainId grain in grains)
            {
                _select.Bind(1, (long)grain.Kind);
                _select.Bind(2, StoredGrain.KeyOf(grain));
                if (_select.Step())
                {
                    rows.Add(new GrainRow(
                        grain, _select.Int64(0), _select.Blob(2)[..(int)_select.Int64(3)].ToArray(), _select.IsNull(1) ? null : new Instant(_select.Int64(1))));
                    _select.Reset();
                }
            }
        }
        finally
        {
            _end.Run();
        }

        return rows;
    }

    public void Dispose()
    {
        _begin.Dispose();
        _select.Dispose();
        _end.Dispose();
        _connection.Dispose();
    }
}
