using System.Collections.Immutable;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;

namespace CrowdGrains.Core.Requests;

/// <summary>Candidates of one round, best first, who are asked one after the other, and what they are asked for.</summary>
internal sealed class Shortlist(int rung, Need need, ImmutableArray<Candidate> candidates)
{
    private ImmutableArray<Candidate> _candidates = candidates;
    private int _asked;

    public int Rung { get; } = rung;

    public Need Need { get; } = need;

    /// <summary>The next candidate, who is not asked again; false when there is none.</summary>
    public bool TryTake(out Candidate next)
    {
        bool isLeft = _asked < _candidates.Length;
        next = isLeft ? _candidates[_asked++] : default;
        return isLeft;
    }

    /// <summary>A dispatcher has named this helper: whatever comes of that, it is no candidate of the round any more.</summary>
    public void Strike(HelperId helper) => (_candidates, _asked) = ([.. _candidates.Skip(_asked).Where(candidate => candidate.Helper != helper)], 0);
}
