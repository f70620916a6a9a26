using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>Which requests are asked for; what is null does not matter.</summary>
public sealed record RequestFilter
{
    public static readonly RequestFilter None = new();

    public RequestStatus? Status { get; init; }

    public CustomerId? Customer { get; init; }

    /// <summary>Who submitted it.</summary>
    public PartnerId? Partner { get; init; }

    /// <summary>The request is in this cell or one of its descendants; resolution 0 to <see cref="RequestView.CellResolution"/>.</summary>
    public CellIndex? Cell { get; init; }

    /// <summary>Submitted then or later.</summary>
    public Instant? Since { get; init; }
}
