using System.Data.Common;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Api.Idempotency;

/// <summary>A claim as the table holds it, with its answer once it has one.</summary>
/// <param name="Request">A hash of path and body.</param>
internal sealed record AnswerRow(byte[] Request, Instant At, KeptAnswer? Answer)
{
    public static AnswerRow Read(DbDataReader row) => new(
        (byte[])row[0], new Instant(row.GetInt64(1)), row.IsDBNull(2) ? null : new KeptAnswer((int)row.GetInt64(2), row.GetString(3), (byte[])row[4]));
}

/// <summary>What an answer said.</summary>
internal sealed record AnswerBody(byte[] Id, long At, byte[] Body);
