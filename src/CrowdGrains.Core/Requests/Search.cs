using CrowdGrains.Core.Matching;

namespace CrowdGrains.Core.Requests;

/// <summary>One search in growing disks of cells: which helpers fit? Soft: when it is lost, the search timer begins it anew.</summary>
internal sealed class Search(Need need, int rung, int maxRings)
{
    private readonly List<Candidate> _candidates = [];
    private readonly List<NotAsked> _notAsked = [];
    private readonly int[] _counts = new int[(int)NotAskedReason.Outranked + 1];
    private Gathering _gathering = new(0, 0);
    private int _cellsAsked;
    private int _cellsAnswered;

    public Need Need { get; } = need;

    /// <summary>Which rung is asked; a waiting request asks its open rungs in turn.</summary>
    public int Rung { get; } = rung;

    /// <summary>How far the cells were asked so far; −1 before the first question.</summary>
    public int Rings { get; private set; } = -1;

    public int MaxRings { get; } = maxRings;

    public int CandidateCount => _candidates.Count;

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
    public bool TryAdd(HelpersFound found, int namedLimit)
    {
        if (!_gathering.TryMark(found.Search, found.Slot))
        {
            return false;
        }

        _cellsAnswered++;
        _candidates.AddRange(found.Candidates);
        foreach (NotAsked named in found.NotAsked.AsSpan()[..Math.Clamp(namedLimit - _notAsked.Count, 0, found.NotAsked.Length)])
        {
            _notAsked.Add(named);
        }

        foreach (ReasonCount count in found.NotAskedCounts)
        {
            _counts[(int)count.Reason] += count.Count;
        }

        return true;
    }

    /// <summary>Ranks what was found: the best <paramref name="limit"/>, each helper once.</summary>
    public Round Conclude(Turns.Instant now, int visit, int limit)
    {
        _candidates.Sort();
        List<Candidate> ranked = new(Math.Min(limit, _candidates.Count));
        foreach (Candidate candidate in _candidates)
        {
            // A helper that moved while it was searched for may stand in two cells.
            if (!ranked.Exists(better => better.Helper == candidate.Helper))
            {
                ranked.Add(candidate);
            }

            if (ranked.Count == limit)
            {
                break;
            }
        }

        _counts[(int)NotAskedReason.Outranked] += _candidates.Count - ranked.Count;
        ReasonCount[] counts = [.. _counts.Select((count, reason) => new ReasonCount((NotAskedReason)reason, count)).Where(count => count.Count > 0)];
        return new Round(RoundKind.Search, now, visit, Rung, Rings, _cellsAsked, _cellsAnswered, [.. ranked], [.. _notAsked], [.. counts]);
    }
}
