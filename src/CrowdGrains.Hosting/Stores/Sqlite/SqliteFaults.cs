using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CrowdGrains.Hosting.Stores.Sqlite;

/// <summary>What SQLite says, in a sentence that names the file and the cause.</summary>
internal static class SqliteFaults
{
    public static StoreException Explain(SqliteException fault, string file) => fault.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => new StoreException($"{file} cannot grow: the disk is full.", fault),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new StoreException($"{file} is locked by another process.", fault),
        raw.SQLITE_READONLY => new StoreException($"{file} is read-only.", fault),
        raw.SQLITE_PERM or raw.SQLITE_AUTH => new StoreException($"{file} may not be used by this user.", fault),
        raw.SQLITE_CANTOPEN => new StoreException($"{file} cannot be opened.", fault),
        raw.SQLITE_NOTADB => new StoreException($"{file} is not a database.", fault),
        raw.SQLITE_CORRUPT => new StoreException($"{file} is damaged.", fault),
        raw.SQLITE_IOERR => new StoreException($"{file} cannot be read or written (I/O error {fault.SqliteExtendedErrorCode}).", fault),
        raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE =>
            new StoreException($"{file} refused a statement: {fault.Message}", fault) { IsRejection = true },
        _ => new StoreException($"{file}: {fault.Message}", fault),
    };
}
