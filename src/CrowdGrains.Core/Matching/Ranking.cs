using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Matching;

/// <summary>The soft rules: what a policy makes of a helper who may be asked, and of a request that waits.</summary>
internal static class Ranking
{
    public const int MaxFairnessSeconds = 3600;
    public const int SurplusLevelPermille = 25;
    public const int LeastFixPermille = 50;
    public const int MostFixPermille = 990;
    private const int MaxLevel = 5;

    public static Score Rate(DispatchPolicy policy, HelperCard card, Need need, int etaSeconds, Instant now)
    {
        int surplus = SurplusLevels(card.Profile, need);
        int missPermille = 1000 - FixPermille(card.Statistics, surplus);
        long idleSeconds = Math.Clamp((now.UnixMilliseconds - card.Statistics.FreeSince.UnixMilliseconds) / 1000, 0, MaxFairnessSeconds);
        return new Score(
            Fix: -(missPermille * policy.RepeatVisitSeconds / 1000),
            Travel: -etaSeconds,
            Loyalty: need.Preferred == card.Id ? policy.LoyaltySeconds : 0,
            Fairness: (int)(idleSeconds * policy.FairnessPermille / 1000),
            Scarcity: -(surplus * policy.ScarcitySeconds));
    }

    /// <summary>
    /// What any helper's score for a need is at most, apart from travel: for pruning, never for ranking. Exact but for the levels a helper has
    /// beyond the need, for whole seconds, and for the preferred helper.
    /// </summary>
    public static ScoreBound Bound(DispatchPolicy policy, Need need, bool holdsPreferred, Instant now)
    {
        int mostSurplus = 0;
        foreach (SkillNeed needed in need.Skills)
        {
            mostSurplus += Math.Max(0, MaxLevel - needed.Level);
        }

        return new ScoreBound(policy, mostSurplus, holdsPreferred, (now.UnixMilliseconds / 1000) + 1);
    }

    /// <summary>The place in the waiting line, in seconds of credit.</summary>
    public static long Prioritise(DispatchPolicy policy, Severity severity, Instant waitingSince, int etaSeconds, Instant now)
    {
        long waitedMilliseconds = now.UnixMilliseconds - waitingSince.UnixMilliseconds;
        return policy.WaitingLine == WaitingLine.OldestFirst
            ? waitedMilliseconds
            : ((int)severity * policy.SeverityCreditSeconds) + (waitedMilliseconds * policy.WaitCreditPermille / 1_000_000) - etaSeconds;
    }

    /// <summary>The chance, in permille, that a visit resolves the problem: the helper's record, better by a little for each level above the need.</summary>
    private static int FixPermille(HelperStatistics statistics, int surplus) =>
        ClampFix(statistics.ResolvedPermille + (surplus * SurplusLevelPermille));

    public static int ClampFix(int permille) => Math.Clamp(permille, LeastFixPermille, MostFixPermille);

    private static int SurplusLevels(HelperProfile profile, Need need)
    {
        int surplus = 0;
        foreach (SkillNeed needed in need.Skills)
        {
            if (Eligibility.TryFind(profile, needed.Name, out Skill skill))
            {
                surplus += Math.Max(0, skill.Level - needed.Level);
            }
        }

        return surplus;
    }
}
