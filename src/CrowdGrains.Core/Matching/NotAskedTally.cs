using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CrowdGrains.Core.Helpers;

namespace CrowdGrains.Core.Matching;

/// <summary>How many helpers were not asked for one reason.</summary>
public readonly record struct ReasonCount(NotAskedReason Reason, int Count);

/// <summary>Why helpers were not asked, gathered in one scan: a count for each reason and the first few by name. Allocates only its result.</summary>
/// <param name="named">How many are named.</param>
/// <param name="room">Reused from scan to scan; what it held is lost.</param>
internal struct NotAskedTally(int named, List<NotAsked> room)
{
    private const int Reasons = (int)NotAskedReason.Outranked + 1;
    private readonly int _limit = named;
    private readonly List<NotAsked> _named = Emptied(room);
    private CountOfReasons _counts;

    public readonly ImmutableArray<NotAsked> Named => [.. CollectionsMarshal.AsSpan(_named)];

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

    /// <summary>Counts helpers whom nobody looked at, all for one reason.</summary>
    public void Add(NotAskedReason reason, int helpers) => _counts[(int)reason] += helpers;

    /// <summary>Counts one helper.</summary>
    /// <returns>True when it shall also be named.</returns>
    public bool Add(NotAskedReason reason)
    {
        _counts[(int)reason]++;
        // Who is outranked is known only at the end of the scan, and another tier is no news: both are counted, not named.
        return _limit > _named.Count && reason is not (NotAskedReason.WrongTier or NotAskedReason.Outranked);
    }

    public readonly void Name(HelperId helper, NotAskedReason reason) => _named.Add(new NotAsked(helper, reason));

    private static List<NotAsked> Emptied(List<NotAsked> room)
    {
        room.Clear();
        return room;
    }

    [InlineArray(Reasons)]
    private struct CountOfReasons
    {
        private int _first;
    }
}
