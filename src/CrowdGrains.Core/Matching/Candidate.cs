using CrowdGrains.Core.Helpers;

namespace CrowdGrains.Core.Matching;

/// <summary>A helper who may be asked. Ordered best first: by score, then by arrival, then by id.</summary>
public readonly record struct Candidate(HelperId Helper, int DistanceMeters, int EtaSeconds, Score Score) : IComparable<Candidate>
{
    public int CompareTo(Candidate other)
    {
        int byScore = other.Score.Total.CompareTo(Score.Total);
        if (byScore != 0)
        {
            return byScore;
        }

        int byEta = EtaSeconds.CompareTo(other.EtaSeconds);
        return byEta != 0 ? byEta : Helper.CompareTo(other.Helper);
    }

    public static bool operator <(Candidate left, Candidate right) => left.CompareTo(right) < 0;

    public static bool operator >(Candidate left, Candidate right) => left.CompareTo(right) > 0;

    public static bool operator <=(Candidate left, Candidate right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Candidate left, Candidate right) => left.CompareTo(right) >= 0;
}
