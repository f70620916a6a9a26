using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CrowdGrains.Core.Helpers;

namespace CrowdGrains.Core.Matching;

/// <summary>How many helpers were not asked for one reason.</summary>
public readonly record struct ReasonCount(NotAskedReason Reason, int Count);

/// <summary>Why helpers were not asked, gathered in one scan: a count for each reason and the first few by name. Allocates only its result.</summary>
internal struct NotAskedTally(int named)
{
    private const int Reasons = (int)NotAskedReason.Outranked + 1;
    private readonly int _limit = named;
    private CountOfReasons _counts;
    private ImmutableArray<NotAsked>.Builder? _named;

    public readonly ImmutableArray<NotAsked> Named => _named?.ToImmutable() ?? [];

    public readonly ImmutableArray<ReasonCount> Counts
    {
        get
        {
            Span<ReasonCount> found = stackalloc ReasonCount[Reasons];
            int count = 0;
            for (int i = 0; i < Reasons; i++)
            {
                if (_counts[i] > 0)
                {
                    found[count++] = new ReasonCount((NotAskedReason)i, _counts[i]);
                }
            }

            return [.. found[..count]];
        }
    }

    public void Add(HelperId helper, NotAskedReason reason)
    {
        _counts[(int)reason]++;
        // Who is outranked is known only at the end of the scan, and another tier is no news: both are counted, not named.
        if (_limit > (_named?.Count ?? 0) && reason is not (NotAskedReason.WrongTier or NotAskedReason.Outranked))
        {
            _named ??= ImmutableArray.CreateBuilder<NotAsked>(_limit);
            _named.Add(new NotAsked(helper, reason));
        }
    }

    [InlineArray(Reasons)]
    private struct CountOfReasons
    {
        private int _first;
    }
}
