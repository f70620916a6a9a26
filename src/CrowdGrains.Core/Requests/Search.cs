using System.Collections.Immutable;
using System.Runtime.InteropServices;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;

namespace CrowdGrains.Core.Requests;

/// <summary>One search in growing disks of cells: which helpers fit? Soft: when it is lost, the search timer begins it anew.</summary>
internal sealed class Search(Need need, int rung, int maxRings)
{
    private readonly List<HelpersFound> _found = [];
    private Gathering _gathering = new(0, 0);
    private int _cellsAsked;

    public Need Need { get; } = need;

    /// <summary>Which rung is asked; a waiting request asks its open rungs in turn.</summary>
    public int Rung { get; } = rung;

    /// <summary>How far the cells were asked so far; −1 before the first question.</summary>
    public int Rings { get; private set; } = -1;

    public int MaxRings { get; } = maxRings;

    public int CandidateCount { get; private set; }

    public bool IsComplete => _gathering.IsComplete;

    /// <summary>Goes further out, keeping what was found: <paramref name="firstRings"/> at first, then twice as far each time.</summary>
    /// <param name="asked">How far the cells were asked before; −1 for not at all.</param>
    /// <returns>False when the widest disk was asked.</returns>
    public bool TryWiden(int firstRings, out int asked)
    {
        asked = Rings;
        Rings = Math.Min(asked < 0 ? firstRings : Math.Max(1, asked * 2), MaxRings);
        return Rings > asked;
    }

    /// <summary>So many cells are asked now; what others still answer is late.</summary>
    public void Await(int number, int cells)
    {
        _gathering = new Gathering(number, cells);
        _cellsAsked += cells;
    }

    /// <summary>False when the answer is late or repeated.</summary>
    public bool TryAdd(HelpersFound found)
    {
        if (!_gathering.TryMark(found.Search, found.Slot))
        {
            return false;
        }

        _found.Add(found);
        CandidateCount += found.Candidates.Length;
        return true;
    }

    /// <summary>Ranks what was found: the best <paramref name="limit"/>, each helper once. Of those not asked as many are named.</summary>
    /// <param name="room">Reused from round to round; what it held is lost.</param>
    public Round Conclude(Turns.Instant now, int visit, int limit, List<Candidate> room)
    {
        room.Clear();
        room.EnsureCapacity(CandidateCount);
        foreach (HelpersFound found in _found)
        {
            room.AddRange(found.Candidates.AsSpan());
        }

        room.Sort();
        ImmutableArray<Candidate> ranked = Best(CollectionsMarshal.AsSpan(room), limit);
        return new Round(
            RoundKind.Search, now, visit, Rung, Rings, _cellsAsked, _found.Count, ranked, Named(limit), Counts(CandidateCount - ranked.Length));
    }

    /// <summary>The first few, passing over those who came before: a helper that moved while it was searched for may stand in two cells.</summary>
    private static ImmutableArray<Candidate> Best(Span<Candidate> sorted, int limit)
    {
        int kept = 0;
        for (int i = 0; i < sorted.Length && kept < limit; i++)
        {
            if (!Holds(sorted[..kept], sorted[i].Helper))
            {
                sorted[kept++] = sorted[i];
            }
        }

        return [.. sorted[..kept]];
    }

    private static bool Holds(ReadOnlySpan<Candidate> candidates, HelperId helper)
    {
        foreach (ref readonly Candidate candidate in candidates)
        {
            if (candidate.Helper == helper)
            {
                return true;
            }
        }

        return false;
    }

    private ImmutableArray<NotAsked> Named(int limit)
    {
        int count = 0;
        foreach (HelpersFound found in _found)
        {
            count += found.NotAsked.Length;
        }

        NotAsked[] named = new NotAsked[Math.Min(count, limit)];
        int at = 0;
        foreach (HelpersFound found in _found)
        {
            ReadOnlySpan<NotAsked> some = found.NotAsked.AsSpan()[..Math.Min(found.NotAsked.Length, named.Length - at)];
            some.CopyTo(named.AsSpan(at));
            at += some.Length;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(named);
    }

    /// <param name="outranked">How many candidates of the cells were not among the best of all.</param>
    private ImmutableArray<ReasonCount> Counts(int outranked)
    {
        NotAskedTally tally = default;
        tally.Add(NotAskedReason.Outranked, outranked);
        foreach (HelpersFound found in _found)
        {
            foreach (ReasonCount count in found.NotAskedCounts)
            {
                tally.Add(count.Reason, count.Count);
            }
        }

        return tally.Counts;
    }
}
