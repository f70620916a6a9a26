namespace CrowdGrains.Core.Matching;

/// <summary>What a helper's score is at most, apart from travel: for ruling out, never for ranking.</summary>
internal readonly struct ScoreBound
{
    private readonly int _repeatVisitSeconds;
    private readonly int _fairnessPermille;
    private readonly int _surplus;
    private readonly int _mostFix;
    private readonly int _loyalty;
    private readonly long _nowSeconds;

    /// <param name="policy">Its weights may have either sign.</param>
    /// <param name="mostSurplus">How many levels beyond the need a helper may have.</param>
    /// <param name="mayBePreferred">Whether one of the helpers may be the preferred one.</param>
    /// <param name="nowSeconds">The time of the search in seconds since 1970, rounded up.</param>
    public ScoreBound(DispatchPolicy policy, int mostSurplus, bool mayBePreferred, long nowSeconds)
    {
        _repeatVisitSeconds = policy.RepeatVisitSeconds;
        _fairnessPermille = Math.Max(0, policy.FairnessPermille);
        _loyalty = mayBePreferred ? Math.Max(0, policy.LoyaltySeconds) : 0;
        _nowSeconds = nowSeconds;
        // What a level too many adds to the chance of a fix, rounded up, less what it costs for scarcity; a second for rounding in the score.
        int fixOfLevel = Math.Max(0, ((Ranking.SurplusLevelPermille * _repeatVisitSeconds) + 999) / 1000);
        _surplus = 1 + (mostSurplus * Math.Max(0, fixOfLevel - policy.ScarcitySeconds));
        _mostFix = Math.Max(FixAt(Ranking.LeastFixPermille), FixAt(Ranking.MostFixPermille)) + (mostSurplus * Math.Max(0, -policy.ScarcitySeconds));
    }

    /// <param name="resolvedPermille">How often visits resolve the problem, never too few.</param>
    /// <param name="freeSinceSeconds">Since when the helper is free, never too late; 0 stands for any time before, too.</param>
    public int For(int resolvedPermille, uint freeSinceSeconds)
    {
        // With a negative weight the least chance of a fix is worth the most.
        int fix = FixAt(_repeatVisitSeconds < 0 ? Ranking.LeastFixPermille : Ranking.ClampFix(resolvedPermille));
        long idle = freeSinceSeconds == 0 ? Ranking.MaxFairnessSeconds : Math.Clamp(_nowSeconds - freeSinceSeconds, 0, Ranking.MaxFairnessSeconds);
        // The chance of a fix ends at 99 %: whoever is near that has little to gain from more skill.
        return Math.Min(fix + _surplus, _mostFix) + (int)(idle * _fairnessPermille / 1000) + _loyalty;
    }

    private int FixAt(int permille) => -((1000 - permille) * _repeatVisitSeconds / 1000);
}
