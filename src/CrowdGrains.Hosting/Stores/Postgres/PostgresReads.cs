using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using Npgsql;

namespace CrowdGrains.Hosting.Stores.Postgres;

/// <summary>Reads the records and the log, for whichever store of a PostgreSQL database.</summary>
internal sealed class PostgresReads(NpgsqlDataSource data)
{
    public long ReadLastSequence() => PostgresFaults.Guard(() =>
    {
        using NpgsqlConnection connection = data.OpenConnection();
        return EventReader.ReadLastSequence(connection);
    });

    public IReadOnlyList<GrainRow> Load(IReadOnlyCollection<GrainId> grains) => PostgresFaults.Guard(() =>
    {
        using NpgsqlConnection connection = data.OpenConnection();
        return PostgresReader.Load(connection, grains);
    });

    public IEnumerable<(GrainId Grain, Instant Due)> ReadDues()
    {
        using NpgsqlConnection connection = PostgresFaults.Guard(data.OpenConnection);
        using NpgsqlCommand command = new("SELECT kind, key, due FROM grains WHERE due IS NOT NULL", connection);
        using NpgsqlDataReader reader = PostgresFaults.Guard(() => command.ExecuteReader());
        while (PostgresFaults.Guard(reader.Read))
        {
            yield return (StoredGrain.Read(reader.GetInt16(0), reader.GetString(1)), new Instant(reader.GetInt64(2)));
        }
    }

    public IReadOnlyList<EventRow> ReadEvents(long after, int limit) => PostgresFaults.Guard(() =>
    {
        using NpgsqlConnection connection = data.OpenConnection();
        return EventReader.ReadEvents(connection, after, limit);
    });

    public IReadOnlyList<EventRow> ReadTimeline(RequestId request, long after, int limit) => PostgresFaults.Guard(() =>
    {
        using NpgsqlConnection connection = data.OpenConnection();
        return EventReader.ReadTimeline(connection, request, after, limit);
    });
}
