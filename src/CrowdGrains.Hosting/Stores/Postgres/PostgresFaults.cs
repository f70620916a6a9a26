using Npgsql;

namespace CrowdGrains.Hosting.Stores.Postgres;

/// <summary>What PostgreSQL or the way to it says, in a sentence.</summary>
public static class PostgresFaults
{
    /// <exception cref="StoreException">PostgreSQL does not answer, or refuses.</exception>
    internal static T Guard<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (NpgsqlException fault)
        {
            throw Explain(fault);
        }
    }

    /// <summary>The fault as a store's.</summary>
    public static StoreException Explain(NpgsqlException fault) => fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new StoreException("PostgreSQL cannot write: its disk is full.", fault),
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => new StoreException("The PostgreSQL database is read-only.", fault),
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.QueryCanceled } locked =>
            new StoreException($"A table of the PostgreSQL database is locked: {locked.MessageText}", fault),
        PostgresException answer when IsRejection(answer.SqlState) =>
            new StoreException($"PostgreSQL refused a statement: {answer.MessageText}", fault) { IsRejection = true },
        PostgresException answer => new StoreException($"PostgreSQL: {answer.MessageText}", fault),
        { InnerException: TimeoutException } => new StoreException("PostgreSQL does not answer in time.", fault),
        _ => new StoreException($"PostgreSQL cannot be reached: {fault.Message}", fault),
    };

    /// <summary>Wrong values (class 22), broken constraints (23), wrong statements (42).</summary>
    private static bool IsRejection(string state) =>
        state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal)
        || (state.StartsWith("42", StringComparison.Ordinal) && state != PostgresErrorCodes.InsufficientPrivilege);
}
