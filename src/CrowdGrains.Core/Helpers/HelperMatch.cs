using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Helpers;

/// <summary>
/// A free helper's search for a request that waits: ask the demand cells around, nearest first, then propose itself to the best
/// request found, and to the next when that one declines. Soft: whatever is lost, the request searches again by itself.
/// </summary>
internal sealed class HelperMatch(Gathering gathering, int rings, int maxRings)
{
    private readonly List<WaitingRequest> _found = [];
    private int _proposed = -1;

    /// <summary>Begins anew. Call when the helper takes offers and its listing has just changed for the better.</summary>
    public static void Start(HelperState helper, HelperCard card, Turn turn)
    {
        CellIndex home = CellIndex.FromUnitVector(helper.Place, turn.Rules.Options.DemandResolution);
        int maxRings = SearchArea.RingsFor(home, card.Profile.RadiusMeters);
        TryAsk(helper, turn, card, asked: -1, rings: Math.Min(1, maxRings), Math.Min(maxRings, turn.Rules.Options.MaxRings));
    }

    public static void Stop(HelperState helper, Turn turn)
    {
        helper.Match = null;
        turn.ClearTimer(TimerKey.HelperMatch);
    }

    public static void Gather(HelperState helper, HelperCard card, RequestsFound m, Turn turn)
    {
        turn.KeepSoft();
        if (helper.Match is not { } match || !match.TryAdd(m, turn.Rules.Options.MaxProposals))
        {
            turn.Refuse(Refusal.Late);
        }
        else if (match.IsComplete)
        {
            match.Conclude(helper, card, turn);
        }
    }

    public static void Declined(HelperState helper, HelperCard card, ProposalDeclined m, Turn turn)
    {
        turn.KeepSoft();
        if (helper.Match is { } match && match.IsProposedTo(m))
        {
            match.ProposeNext(helper, card, turn);
        }
        else
        {
            turn.Refuse(Refusal.Late);
        }
    }

    /// <summary>Cells or a request did not answer: go on with what there is.</summary>
    public static void Overdue(HelperState helper, HelperCard card, Turn turn)
    {
        turn.KeepSoft();
        if (helper.Match is not { } match)
        {
            return;
        }

        if (match._proposed < 0)
        {
            match.Conclude(helper, card, turn);
        }
        else
        {
            match.ProposeNext(helper, card, turn);
        }
    }

    private bool IsComplete => _proposed < 0 && gathering.IsComplete;

    /// <returns>False when no further cell may hold a request within the helper's radius.</returns>
    private static bool TryAsk(HelperState helper, Turn turn, HelperCard card, int asked, int rings, int maxRings)
    {
        CellIndex home = CellIndex.FromUnitVector(helper.Place, turn.Rules.Options.DemandResolution);
        ReadOnlySpan<CellIndex> cells = turn.CellsWithin(home, asked, rings, helper.Place, card.Profile.RadiusMeters);
        if (cells.IsEmpty)
        {
            return false;
        }

        helper.Match = new HelperMatch(new Gathering(++helper.MatchCount, cells.Length), rings, maxRings);
        for (int slot = 0; slot < cells.Length; slot++)
        {
            turn.Send(cells[slot], new FindRequests(helper.MatchCount, slot, card, helper.Place));
        }

        turn.SetTimer(TimerKey.HelperMatch, turn.Rules.Options.SearchTimeout);
        return true;
    }

    private bool TryAdd(RequestsFound m, int limit)
    {
        if (_proposed >= 0 || !gathering.TryMark(m.Search, m.Slot))
        {
            return false;
        }

        _found.AddRange(m.Waiting);
        if (_found.Count > limit)
        {
            _found.Sort();
            _found.RemoveRange(limit, _found.Count - limit);
        }

        return true;
    }

    private bool IsProposedTo(ProposalDeclined m) => _proposed >= 0 && _found[_proposed].Request == m.Request;

    private void Conclude(HelperState helper, HelperCard card, Turn turn)
    {
        if (_found.Count == 0 && rings < maxRings && TryAsk(helper, turn, card, asked: rings, rings: maxRings, maxRings))
        {
            return;
        }

        _found.Sort();
        ProposeNext(helper, card, turn);
    }

    private void ProposeNext(HelperState helper, HelperCard card, Turn turn)
    {
        if (++_proposed >= _found.Count)
        {
            Stop(helper, turn);
            return;
        }

        turn.Send(_found[_proposed].Request, new Requests.ProposeHelper(card, helper.Place));
        turn.SetTimer(TimerKey.HelperMatch, turn.Rules.Options.ResendAfter);
    }
}
