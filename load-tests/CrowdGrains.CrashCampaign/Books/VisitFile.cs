using CrowdGrains.Client.Contract;

namespace CrowdGrains.CrashCampaign.Books;

/// <summary>One visit to a customer as the events tell it.</summary>
internal sealed class VisitFile(string helper, string offer)
{
    public string Helper { get; } = helper;

    public string Offer { get; } = offer;

    /// <summary>How far it came: assigned, en route or on site.</summary>
    public RequestStatus Reached { get; set; } = RequestStatus.Assigned;

    /// <summary>As the interface names it; null while it lasts.</summary>
    public string? Outcome { get; set; }
}
