namespace CrowdGrains.Client.Calls;

/// <summary>A piece of a list.</summary>
/// <param name="Limit">How many at most, 1 to 200. Default: 50.</param>
/// <param name="Cursor">The <c>NextCursor</c> of the page before; null for the first page.</param>
public sealed record PageQuery(int? Limit = null, string? Cursor = null);
