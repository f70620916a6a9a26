using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Cells;

/// <summary>
/// The free helpers of a cell, by id and by place. Over the cell's plane lies a grid of buckets, and the helpers of a bucket stand side by
/// side on pages, so that a search reads memory in order and does not wait for one place to learn of the next. What a search reads of
/// everybody and what it reads of a few are two arrays with the same positions. A report from within the same bucket costs one look-up
/// and a few writes, and allocates nothing.
/// </summary>
internal sealed class HelperTable(CellIndex cell)
{
    /// <summary>Half a page stands empty in each bucket, so small pages waste little.</summary>
    public const int PageSize = 4;

    private readonly HelperIndex _index = new();
    private readonly LocalPlane _plane = LocalPlane.At(cell.CenterVector);
    private HelperSpot[] _spots = [];
    private HelperEntry[] _entries = [];

    /// <summary>The next page of the same bucket, or of the free ones; meaningless for the last.</summary>
    private int[] _nextPages = [];

    private int _freePage;
    private int _freePageCount;

    public int Count { get; private set; }

    public BucketGrid Grid { get; } = new((float)SearchArea.LargestCircumradiusMeters(cell.Resolution));

    /// <summary>No helper here resolved problems more often, in steps of <see cref="HelperSpot.ResolvedStep"/> permille.</summary>
    public byte MostResolvedSteps { get; private set; }

    /// <summary>No helper here is free since before; see <see cref="HelperSpot.FreeSinceSeconds"/>.</summary>
    public uint EarliestFreeSinceSeconds { get; private set; } = uint.MaxValue;

    public PlanePoint Project(in UnitVector place) => _plane.Project(place);

    public bool Holds(HelperId helper) => _index.Find(HelperIndex.HashOf(helper), helper, null, _entries) >= 0;

    public int PageAfter(int page) => _nextPages[page];

    /// <summary>So many spots of a page, from its first.</summary>
    public ReadOnlySpan<HelperSpot> SpotsOf(int page, int count) => _spots.AsSpan(page * PageSize, count);

    public ref readonly HelperEntry EntryAt(int position) => ref _entries[position];

    /// <summary>Where the helpers are whose lease has not ended, in any order.</summary>
    public IEnumerable<UnitVector> PlacesAt(Instant now)
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            if (_entries[i].IsTaken && _spots[i].LeaseUntil > now)
            {
                yield return _entries[i].Place;
            }
        }
    }

    /// <summary>Keeps a helper, new or renewed.</summary>
    /// <returns>None, or why not: Late when a newer listing is kept, Full when the helper is new and there is no room.</returns>
    public Refusal Put(EnlistHelper listing, int limit)
    {
        uint hash = HelperIndex.HashOf(listing.Card.Id);
        int position = _index.Find(hash, listing.Card.Id, listing.Card, _entries);
        if (position < 0)
        {
            return Add(hash, listing, limit);
        }

        ref HelperEntry entry = ref _entries[position];
        if (entry.Number >= listing.Number)
        {
            return Refusal.Late;
        }

        ref HelperSpot spot = ref _spots[position];
        if (!ReferenceEquals(entry.Card, listing.Card))
        {
            Describe(ref spot, listing.Card);
        }

        int bucket = Grid.BucketOf(spot.Point);
        entry = new HelperEntry(listing.Card, listing.Place, listing.Number);
        spot.LeaseUntil = listing.LeaseUntil;
        spot.Point = _plane.Project(listing.Place);
        if (Grid.BucketOf(spot.Point) != bucket)
        {
            ChangeBucket(bucket, position);
        }

        return Refusal.None;
    }

    /// <summary>Forgets a helper, unless its listing is newer than the message that ends it.</summary>
    /// <returns>None, or why not: Unknown, or Late.</returns>
    public Refusal Remove(HelperId helper, long number)
    {
        uint hash = HelperIndex.HashOf(helper);
        int position = _index.Find(hash, helper, null, _entries);
        if (position < 0)
        {
            return Refusal.Unknown;
        }

        if (_entries[position].Number > number)
        {
            return Refusal.Late;
        }

        RemoveAt(position);
        if (BucketGrid.IsDeserted(Grid.Side, Count))
        {
            Rebuild(Grid.Side / 2);
        }

        return Refusal.None;
    }

    /// <summary>Forgets the helpers whose lease has ended, and gives back room that is not needed.</summary>
    public void Sweep(Instant now)
    {
        MostResolvedSteps = 0;
        EarliestFreeSinceSeconds = uint.MaxValue;
        for (int i = 0; i < _entries.Length; i++)
        {
            // The spot that moves into the gap may have ended, too.
            while (_entries[i].IsTaken && _spots[i].LeaseUntil <= now)
            {
                RemoveAt(i);
            }

            if (_entries[i].IsTaken)
            {
                RaiseBounds(_spots[i]);
            }
        }

        int side = Grid.Side;
        while (BucketGrid.IsDeserted(side, Count))
        {
            side /= 2;
        }

        if (side < Grid.Side || _freePageCount * 2 > _nextPages.Length)
        {
            Rebuild(side);
        }
    }

    private void RemoveAt(int position)
    {
        Count--;
        _index.Remove(_spots[position].Hash, position);
        Leave(Grid.BucketOf(_spots[position].Point), position);
    }

    private Refusal Add(uint hash, EnlistHelper listing, int limit)
    {
        if (Count >= limit)
        {
            return Refusal.Full;
        }

        HelperSpot spot = new() { Hash = hash, LeaseUntil = listing.LeaseUntil, Point = _plane.Project(listing.Place) };
        Describe(ref spot, listing.Card);
        Count++;
        _index.Add(hash, Enter(spot, new HelperEntry(listing.Card, listing.Place, listing.Number)));
        RefineIfCrowded(spot.Point);
        return Refusal.None;
    }

    private void ChangeBucket(int left, int position)
    {
        HelperSpot spot = _spots[position];
        HelperEntry entry = _entries[position];
        // Into the new bucket first: leaving moves another spot to the old position.
        _index.Move(spot.Hash, position, Enter(spot, entry));
        Leave(left, position);
        RefineIfCrowded(spot.Point);
    }

    /// <summary>Puts a spot into the bucket of its point.</summary>
    /// <returns>Its position.</returns>
    private int Enter(in HelperSpot spot, in HelperEntry entry)
    {
        ref Bucket bucket = ref Grid.At(Grid.BucketOf(spot.Point));
        int onPage = bucket.Count % PageSize;
        if (onPage == 0)
        {
            int page = TakePage();
            _nextPages[page] = bucket.FirstPage;
            bucket.FirstPage = page;
        }

        bucket.Count++;
        int position = (bucket.FirstPage * PageSize) + onPage;
        _spots[position] = spot;
        _entries[position] = entry;
        return position;
    }

    /// <summary>Takes a position out of a bucket. The bucket's last spot moves into the gap.</summary>
    private void Leave(int from, int position)
    {
        ref Bucket bucket = ref Grid.At(from);
        int onPage = --bucket.Count % PageSize;
        int last = (bucket.FirstPage * PageSize) + onPage;
        if (last != position)
        {
            _spots[position] = _spots[last];
            _entries[position] = _entries[last];
            _index.Move(_spots[position].Hash, last, position);
        }

        _entries[last] = default;
        if (onPage == 0)
        {
            int page = bucket.FirstPage;
            bucket.FirstPage = _nextPages[page];
            FreePage(page);
        }
    }

    private int TakePage()
    {
        if (_freePageCount == 0)
        {
            // By a quarter, not by double: a million listings shall not cost two million.
            Resize(_nextPages.Length + Math.Max(1, _nextPages.Length / 4));
        }

        int taken = _freePage;
        _freePage = _nextPages[taken];
        _freePageCount--;
        return taken;
    }

    private void RefineIfCrowded(PlanePoint point)
    {
        if (Grid.IsCrowded(Grid.At(Grid.BucketOf(point)).Count, Count))
        {
            Rebuild(Grid.Side * 2);
        }
    }

    /// <summary>Lays everybody out anew, on a grid of so many squares a side and on no more pages than needed.</summary>
    private void Rebuild(int side)
    {
        HelperSpot[] spots = _spots;
        HelperEntry[] entries = _entries;
        (_spots, _entries, _nextPages, _freePageCount) = ([], [], [], 0);
        Resize((Count / PageSize) + 1);
        Grid.Divide(side);
        _index.Clear(Count);
        for (int i = 0; i < entries.Length; i++)
        {
            if (entries[i].IsTaken)
            {
                _index.Add(spots[i].Hash, Enter(spots[i], entries[i]));
            }
        }
    }

    private void Describe(ref HelperSpot spot, HelperCard card)
    {
        spot.Describe(card);
        RaiseBounds(spot);
    }

    private void RaiseBounds(in HelperSpot spot)
    {
        MostResolvedSteps = Math.Max(MostResolvedSteps, spot.ResolvedSteps);
        EarliestFreeSinceSeconds = Math.Min(EarliestFreeSinceSeconds, spot.FreeSinceSeconds);
    }

    /// <summary>Adds pages, which are free.</summary>
    private void Resize(int pages)
    {
        int known = _nextPages.Length;
        Array.Resize(ref _nextPages, pages);
        Array.Resize(ref _spots, pages * PageSize);
        Array.Resize(ref _entries, pages * PageSize);
        for (int page = pages - 1; page >= known; page--)
        {
            FreePage(page);
        }
    }

    private void FreePage(int page)
    {
        _nextPages[page] = _freePage;
        _freePage = page;
        _freePageCount++;
    }
}
