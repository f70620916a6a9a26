using System.Runtime.InteropServices;
using CrowdGrains.Core.Helpers;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>
/// The helpers that are in memory: those with unwritten changes, and those that were asked for, as a cache over their table. Safe for
/// use by many threads at once.
/// </summary>
internal sealed class HelperDirectory(int maxCount)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<HelperId, HelperEntry> _helpers = [];
    private readonly Dictionary<PartnerId, int> _partnerNumbers = [];
    private readonly List<PartnerId?> _partners = [null];
    private List<HelperId> _dirty = [];

    /// <summary>Grows when entries are forgotten: what was read from the table before must not be put here after.</summary>
    public int Generation { get; private set; }

    public int DirtyCount => _dirty.Count;

    public bool TryGet(HelperId helper, out HelperEntry entry)
    {
        lock (_lock)
        {
            return _helpers.TryGetValue(helper, out entry);
        }
    }

    public HelperView? Find(HelperId helper)
    {
        lock (_lock)
        {
            return _helpers.TryGetValue(helper, out HelperEntry entry) ? View(helper, entry) : null;
        }
    }

    /// <summary>Fills in the views of those that are here. False when some are not.</summary>
    public bool Find(ReadOnlySpan<HelperId> helpers, Span<HelperView?> views)
    {
        bool isComplete = true;
        lock (_lock)
        {
            for (int i = 0; i < helpers.Length; i++)
            {
                bool isHere = _helpers.TryGetValue(helpers[i], out HelperEntry entry);
                views[i] = isHere ? View(helpers[i], entry) : null;
                isComplete &= isHere;
            }
        }

        return isComplete;
    }

    /// <summary>Takes in what happened: not written yet.</summary>
    public void Change(HelperId helper, HelperEntry entry)
    {
        lock (_lock)
        {
            ref HelperEntry kept = ref CollectionsMarshal.GetValueRefOrAddDefault(_helpers, helper, out bool exists);
            if (!exists || !kept.IsDirty)
            {
                _dirty.Add(helper);
            }

            kept = entry with { IsDirty = true };
        }
    }

    /// <summary>Takes in what the table held at a generation; what is here already is newer.</summary>
    public void Add(IEnumerable<HelperRow> rows, int generation)
    {
        lock (_lock)
        {
            if (generation == Generation)
            {
                foreach (HelperRow row in rows)
                {
                    _helpers.TryAdd(HelperId.From(row.Id), row.ToEntry(Number(row.Partner is null ? null : PartnerId.From(row.Partner))));
                }
            }
        }
    }

    /// <summary>The number by which entries name a partner.</summary>
    public int NumberOf(PartnerId? partner)
    {
        lock (_lock)
        {
            return Number(partner);
        }
    }

    /// <summary>The helpers with unwritten changes, as rows; from now on they count as written.</summary>
    public (List<HelperId> Helpers, List<HelperRow> Rows) TakeDirty()
    {
        lock (_lock)
        {
            List<HelperId> taken = _dirty;
            List<HelperRow> rows = new(taken.Count);
            _dirty = [];
            foreach (HelperId helper in taken)
            {
                HelperEntry entry = _helpers[helper];
                _helpers[helper] = entry with { IsDirty = false };
                rows.Add(new HelperRow(helper, _partners[entry.Partner], entry));
            }

            return (taken, rows);
        }
    }

    /// <summary>They were not written after all.</summary>
    public void Return(List<HelperId> helpers)
    {
        lock (_lock)
        {
            foreach (HelperId helper in helpers)
            {
                HelperEntry entry = _helpers[helper];
                if (!entry.IsDirty)
                {
                    _helpers[helper] = entry with { IsDirty = true };
                    _dirty.Add(helper);
                }
            }
        }
    }

    /// <summary>With too many in memory, all that need not be are forgotten. Not between taking and writing.</summary>
    public void Trim()
    {
        lock (_lock)
        {
            if (_helpers.Count <= maxCount)
            {
                return;
            }

            Generation++;
            KeyValuePair<HelperId, HelperEntry>[] kept = [.. _dirty.Select(helper => KeyValuePair.Create(helper, _helpers[helper]))];
            _helpers.Clear();
            foreach ((HelperId helper, HelperEntry entry) in kept)
            {
                _helpers.Add(helper, entry);
            }
        }
    }

    private HelperView View(HelperId helper, HelperEntry entry) => new(helper, _partners[entry.Partner], entry.Tier);

    private int Number(PartnerId? partner)
    {
        if (partner is not { } named)
        {
            return 0;
        }

        if (!_partnerNumbers.TryGetValue(named, out int number))
        {
            number = _partners.Count;
            _partners.Add(named);
            _partnerNumbers.Add(named, number);
        }

        return number;
    }
}
