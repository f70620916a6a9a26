using System.Collections.Immutable;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Kpis;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Events;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>
/// What the read model holds in memory: open requests and live offers, and of what has ended only what is not written yet. One thread
/// takes events in; any may look. What an event speaks of and is not here is reported as missing, loaded by the caller, and tried again.
/// Where another process writes the tables, nothing is missing: what is not here has ended, and is that one's to load and write; it sees to
/// the sums of duty too.
/// </summary>
internal sealed class ReadState(HelperDirectory helpers, bool isWriter)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RequestId, RequestEntry> _requests = [];
    private readonly Dictionary<OfferId, OfferEntry> _offers = [];
    private readonly LiveOffers _live = new();
    private readonly DutyBook _duty = new(helpers);
    private readonly List<RequestEntry> _leavingRequests = [];
    private readonly List<OfferEntry> _leavingOffers = [];
    private readonly DirtyRows _dirty = new();
    private long _written;
    private bool _isWriting;

    /// <summary>The sequence of the last event that was taken in.</summary>
    public long Progress { get; private set; }

    public int DirtyRows
    {
        get
        {
            lock (_lock)
            {
                return _dirty.Count + helpers.DirtyCount + (_duty.UnwrittenSince is null ? 0 : 1);
            }
        }
    }

    /// <summary>The tables hold everything that was taken in, but perhaps the progress.</summary>
    public bool IsWritten
    {
        get
        {
            lock (_lock)
            {
                return !_isWriting && DirtyRows == 0;
            }
        }
    }

    /// <summary>Events taken in since the last write.</summary>
    public long Unwritten
    {
        get
        {
            lock (_lock)
            {
                return Progress - _written;
            }
        }
    }

    public void Restore(ReadContents contents)
    {
        lock (_lock)
        {
            Progress = contents.Progress;
            _written = contents.Progress;
            if (contents.Duty is { } duty)
            {
                _duty.Restore(duty.Restore);
            }

            foreach (RequestView request in contents.Requests.Select(row => row.ToView()))
            {
                _requests.Add(request.Id, new RequestEntry(request));
            }

            foreach (OfferView offer in contents.Offers.Select(row => row.ToView()))
            {
                OfferEntry entry = new(offer);
                _offers.Add(offer.Id, entry);
                _live.Add(entry);
                if (offer.Status.IsUndecided() && _requests.TryGetValue(offer.Request, out RequestEntry? request))
                {
                    request.Undecided++;
                }
            }
        }
    }

    /// <summary>Takes in a request that was missing.</summary>
    public void Add(RequestView request)
    {
        lock (_lock)
        {
            _requests.TryAdd(request.Id, new RequestEntry(request));
        }
    }

    /// <summary>Takes in events up to the first that speaks of something missing. Answers how many.</summary>
    public int Apply(ReadOnlySpan<LoggedEvent> events, Missing missing)
    {
        missing.Clear();
        lock (_lock)
        {
            for (int i = 0; i < events.Length; i++)
            {
                if (isWriter)
                {
                    FindMissing(events[i].Event, missing);
                }

                if (!missing.IsEmpty)
                {
                    // All that the rest needs is loaded at once.
                    foreach (LoggedEvent later in events[(i + 1)..])
                    {
                        FindMissing(later.Event, missing);
                    }

                    return i;
                }

                Apply(events[i].Row, events[i].Event);
                Progress = events[i].Row.Sequence;
            }
        }

        return events.Length;
    }

    /// <summary>Forgets what has ended and is written. Called between events only, so that nothing goes while it is needed.</summary>
    public void ReleaseEnded()
    {
        lock (_lock)
        {
            foreach (RequestEntry entry in _leavingRequests)
            {
                if (!entry.IsDirty)
                {
                    _requests.Remove(entry.View.Id);
                }
            }

            foreach (OfferEntry entry in _leavingOffers)
            {
                if (!entry.IsDirty && entry.View.EndedAt is not null)
                {
                    _offers.Remove(entry.View.Id);
                }
            }

            _leavingRequests.Clear();
            _leavingOffers.Clear();
        }
    }

    /// <summary>Everything that is not written, with the progress; from now on it counts as written.</summary>
    public FlushBatch TakeDirty()
    {
        lock (_lock)
        {
            (List<HelperId> changedHelpers, List<HelperRow> helperRows) = helpers.TakeDirty();
            ImmutableArray<SqlWrite>.Builder writes =
                ImmutableArray.CreateBuilder<SqlWrite>(_dirty.Count + helperRows.Count + 16);
            if (isWriter)
            {
                writes.AddRange(helperRows.Select(row => row.ToWrite()));
                _dirty.AddWrites(writes);
            }

            Instant? dutySince = _duty.TakeWrites(writes);
            (List<RequestEntry> requests, List<OfferEntry> offers, int passed) = _dirty.Take();
            _isWriting = true;
            return new FlushBatch(writes, Progress, requests, offers, changedHelpers, dutySince, passed);
        }
    }

    /// <summary>The batch is durable.</summary>
    /// <param name="dutyFrom">Duty before this is asked for no more.</param>
    public void Written(FlushBatch batch, Instant dutyFrom)
    {
        lock (_lock)
        {
            _isWriting = false;
            _written = batch.Progress;
            _leavingRequests.AddRange(batch.Requests.Where(entry => entry.View.Status.IsEnd()));
            _leavingOffers.AddRange(batch.Offers.Where(entry => entry.View.EndedAt is not null));
            _duty.ForgetBefore(dutyFrom);
        }

        helpers.Trim();
    }

    /// <summary>The batch may not be durable: all of it is to be written again, as it is by then.</summary>
    public void Return(FlushBatch batch)
    {
        lock (_lock)
        {
            _isWriting = false;
            _dirty.Return(batch);
            helpers.Return(batch.Helpers);
            if (batch.DutySince is { } since)
            {
                _duty.MarkUnwritten(since);
            }
        }
    }

    public RequestView? Find(RequestId request)
    {
        lock (_lock)
        {
            return _requests.TryGetValue(request, out RequestEntry? entry) ? entry.View : null;
        }
    }

    public OfferView? Find(OfferId offer)
    {
        lock (_lock)
        {
            return _offers.TryGetValue(offer, out OfferEntry? entry) ? entry.View : null;
        }
    }

    /// <summary>The live offers of a helper with a status, newest first.</summary>
    public IReadOnlyList<OfferView> ListLive(HelperId helper, OfferStep status, long before, int limit)
    {
        lock (_lock)
        {
            return [.. _live.Of(helper).Select(entry => entry.View).Where(offer => offer.Status == status && offer.Sequence < before)
                .OrderByDescending(offer => offer.Sequence).Take(limit)];
        }
    }

    public ImmutableArray<RequestView> OpenRequests()
    {
        lock (_lock)
        {
            return [.. _requests.Values.Select(entry => entry.View).Where(request => !request.Status.IsEnd())];
        }
    }

    public DutySums CopyDuty(Instant since)
    {
        lock (_lock)
        {
            return _duty.CopySince(since);
        }
    }

    private void FindMissing(GrainEvent happened, Missing missing)
    {
        if (happened is not RequestSubmitted && RequestFacts.RequestOf(happened) is { } request && !_requests.ContainsKey(request))
        {
            missing.Requests.Add(request);
        }

        if (RequestFacts.HelperOnDuty(happened) is { } helper && !helpers.TryGet(helper, out _))
        {
            missing.Helpers.Add(helper);
        }
    }

    private void Apply(in EventRow row, GrainEvent happened)
    {
        switch (happened)
        {
            case RequestSubmitted e:
                RequestEntry submitted = new(RequestFacts.Begin(row, e));
                _requests.Add(e.Request, submitted);
                _dirty.Add(submitted);
                break;
            case OfferMoved e:
                Move(row, e);
                break;
            case HelperRegistered e:
                helpers.Change(e.Helper, Entry(e.Profile, isOnDuty: false));
                break;
            case HelperUpdated e when !isWriter:
                helpers.Change(e.Helper, Entry(e.Profile, isOnDuty: false));
                break;
            case HelperWentOnline or HelperWentOffline when !isWriter:
                break;
            case HelperUpdated e:
                _duty.Change(e.Helper, entry => Entry(e.Profile, entry.IsOnDuty), _live.JobsOf(e.Helper), row.At);
                break;
            case HelperWentOnline e:
                _duty.Change(e.Helper, entry => entry with { IsOnDuty = true }, _live.JobsOf(e.Helper), row.At);
                break;
            case HelperWentOffline e:
                _duty.Change(e.Helper, entry => entry with { IsOnDuty = false }, _live.JobsOf(e.Helper), row.At);
                break;
            default:
                if (RequestFacts.RequestOf(happened) is { } request)
                {
                    Follow(request, row.At, happened);
                }

                break;
        }
    }

    private void Move(in EventRow row, OfferMoved e)
    {
        int jobs = _live.JobsOf(e.Helper);
        bool wasUndecided = false;
        if (!_offers.TryGetValue(e.Offer, out OfferEntry? entry))
        {
            if (e.Step != OfferStep.Issued)
            {
                throw new InvalidOperationException($"Event {row.Sequence} moves offer {e.Offer}, which is not live.");
            }

            entry = new OfferEntry(RequestFacts.Issue(row, e));
            _offers.Add(e.Offer, entry);
            _live.Add(entry);
        }
        else
        {
            wasUndecided = entry.View.Status.IsUndecided();
            if (e.Step == OfferStep.Issued)
            {
                entry.View = RequestFacts.Issue(row, e) with { Sequence = entry.View.Sequence };
                _live.Remove(entry);
                _live.Add(entry);
            }
        }

        entry.View = RequestFacts.Move(entry.View, row.At, e);
        if (_requests.TryGetValue(e.Request, out RequestEntry? request))
        {
            request.Undecided += (e.Step.IsUndecided() ? 1 : 0) - (wasUndecided ? 1 : 0);
        }

        if (entry.View.EndedAt is not null)
        {
            _live.Remove(entry);
        }

        if (isWriter)
        {
            _duty.ChangeJobs(e.Helper, jobs, _live.JobsOf(e.Helper), row.At);
        }

        _dirty.Add(entry);
        Follow(e.Request, row.At, e);
    }

    private void Follow(RequestId request, Instant at, GrainEvent happened)
    {
        RequestEntry? entry = isWriter ? _requests[request] : _requests.GetValueOrDefault(request);
        if (entry is null)
        {
            _dirty.Pass();
            return;
        }

        entry.View = RequestFacts.After(entry.View, at, happened, entry.Undecided > 0);
        _dirty.Add(entry);
    }

    private HelperEntry Entry(HelperProfile profile, bool isOnDuty) =>
        new(helpers.NumberOf(profile.Partner), profile.Tier, (byte)profile.Capacity, isOnDuty, IsDirty: true);
}
