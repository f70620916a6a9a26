using CrowdGrains.Client.Contract;

namespace CrowdGrains.Client.Calls;

/// <summary>Which requests to list: those that fit everything that is given.</summary>
public sealed record RequestQuery
{
    public RequestStatus? Status { get; init; }

    public string? CustomerId { get; init; }

    /// <summary>An H3 cell of any resolution up to 8.</summary>
    public string? Cell { get; init; }

    /// <summary>Submitted then or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How many a page at most, 1 to 200. Default: 50.</summary>
    public int? Limit { get; init; }

    /// <summary>The <c>NextCursor</c> of the page before; null for the first page.</summary>
    public string? Cursor { get; init; }
}
