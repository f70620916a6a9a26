using CrowdGrains.Core.Helpers;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>The offers that helpers hold or are bound by, by helper; most hold one.</summary>
internal sealed class LiveOffers
{
    private readonly Dictionary<HelperId, List<OfferEntry>> _offers = [];

    public void Add(OfferEntry entry)
    {
        if (!_offers.TryGetValue(entry.View.Helper, out List<OfferEntry>? held))
        {
            _offers.Add(entry.View.Helper, held = new List<OfferEntry>(1));
        }

        held.Add(entry);
    }

    public void Remove(OfferEntry entry)
    {
        if (_offers.TryGetValue(entry.View.Helper, out List<OfferEntry>? held) && held.Remove(entry) && held.Count == 0)
        {
            _offers.Remove(entry.View.Helper);
        }
    }

    public IReadOnlyList<OfferEntry> Of(HelperId helper) => _offers.TryGetValue(helper, out List<OfferEntry>? held) ? held : [];

    /// <summary>How many jobs the helper is bound to.</summary>
    public int JobsOf(HelperId helper)
    {
        int jobs = 0;
        foreach (OfferEntry entry in Of(helper))
        {
            jobs += entry.View.Status == OfferStep.Confirmed ? 1 : 0;
        }

        return jobs;
    }
}
