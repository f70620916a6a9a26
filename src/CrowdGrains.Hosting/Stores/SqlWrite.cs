namespace CrowdGrains.Hosting.Stores;

/// <summary>One statement in the SQL that SQLite and PostgreSQL share.</summary>
/// <param name="Sql">A constant: statements are prepared once. Parameters are named @p1, @p2, …</param>
/// <param name="Values">long, double, string, byte[] or null, in the order of the parameters.</param>
public sealed record SqlWrite(string Sql, params object?[] Values);
