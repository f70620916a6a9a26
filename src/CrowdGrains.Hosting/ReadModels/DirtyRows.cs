using System.Collections.Immutable;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>The requests and offers that are not written as they are now. Not thread-safe.</summary>
internal sealed class DirtyRows
{
    private List<RequestEntry> _requests = [];
    private List<OfferEntry> _offers = [];

    /// <summary>Events of requests that only the writer of the tables has in memory.</summary>
    private int _passed;

    public int Count => _requests.Count + _offers.Count + _passed;

    public void Add(RequestEntry entry)
    {
        if (!entry.IsDirty)
        {
            entry.IsDirty = true;
            _requests.Add(entry);
        }
    }

    public void Add(OfferEntry entry)
    {
        if (!entry.IsDirty)
        {
            entry.IsDirty = true;
            _offers.Add(entry);
        }
    }

    public void Pass() => _passed++;

    public void AddWrites(ImmutableArray<SqlWrite>.Builder writes)
    {
        foreach (RequestEntry entry in _requests)
        {
            writes.Add(RequestRow.ToWrite(entry.View));
        }

        foreach (OfferEntry entry in _offers)
        {
            writes.Add(OfferRow.ToWrite(entry.View));
        }
    }

    /// <summary>From now on all count as written.</summary>
    public (List<RequestEntry> Requests, List<OfferEntry> Offers, int Passed) Take()
    {
        _requests.ForEach(entry => entry.IsDirty = false);
        _offers.ForEach(entry => entry.IsDirty = false);
        (List<RequestEntry> Requests, List<OfferEntry> Offers, int Passed) taken = (_requests, _offers, _passed);
        (_requests, _offers, _passed) = ([], [], 0);
        return taken;
    }

    /// <summary>They were not written after all.</summary>
    public void Return(FlushBatch batch)
    {
        batch.Requests.ForEach(Add);
        batch.Offers.ForEach(Add);
        _passed += batch.Passed;
    }
}
