using System.Runtime.InteropServices;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;

namespace CrowdGrains.Core.Records;

/// <summary>The rounds of matching that are kept for the explanation: the largest part of a request's record.</summary>
internal static class RoundRecord
{
    public static void Write(ref RecordWriter writer, List<Round> rounds)
    {
        writer.Count(rounds.Count);
        foreach (Round round in CollectionsMarshal.AsSpan(rounds))
        {
            writer.Byte((byte)round.Kind);
            writer.Time(round.At);
            writer.Count(round.Visit);
            writer.Count(round.Rung);
            writer.Count(round.Rings);
            writer.Count(round.CellsAsked);
            writer.Count(round.CellsAnswered);
            writer.Count(round.Candidates.Length);
            foreach (ref readonly Candidate candidate in round.Candidates.AsSpan())
            {
                WriteCandidate(ref writer, candidate);
            }

            writer.Count(round.NotAsked.Length);
            foreach (NotAsked named in round.NotAsked)
            {
                writer.Text(named.Helper.Value);
                writer.Byte((byte)named.Reason);
            }

            writer.Count(round.NotAskedCounts.Length);
            foreach (ReasonCount counted in round.NotAskedCounts)
            {
                writer.Byte((byte)counted.Reason);
                writer.Count(counted.Count);
            }
        }
    }

    public static void Read(ref RecordReader reader, List<Round> rounds, int lastRung)
    {
        int count = reader.Count(CommonParts.MaxItems);
        for (int i = 0; i < count; i++)
        {
            rounds.Add(ReadRound(ref reader, lastRung));
        }
    }

    private static Round ReadRound(ref RecordReader reader, int lastRung)
    {
        Round round = new(
            (RoundKind)reader.Choice((int)RoundKind.Proposal), reader.Time(), reader.Int32(), reader.Int32(lastRung), reader.Int32(), reader.Int32(),
            reader.Int32(), [], [], []);
        Candidate[] candidates = new Candidate[reader.Count(CommonParts.MaxItems)];
        foreach (ref Candidate candidate in candidates.AsSpan())
        {
            candidate = ReadCandidate(ref reader);
        }

        NotAsked[] notAsked = new NotAsked[reader.Count(CommonParts.MaxItems)];
        foreach (ref NotAsked named in notAsked.AsSpan())
        {
            named = new NotAsked(new HelperId(reader.Id()), (NotAskedReason)reader.Choice((int)NotAskedReason.Outranked));
        }

        ReasonCount[] counts = new ReasonCount[reader.Count(CommonParts.MaxItems)];
        foreach (ref ReasonCount counted in counts.AsSpan())
        {
            counted = new ReasonCount((NotAskedReason)reader.Choice((int)NotAskedReason.Outranked), reader.Int32());
        }

        return round with
        {
            Candidates = ImmutableCollectionsMarshal.AsImmutableArray(candidates),
            NotAsked = ImmutableCollectionsMarshal.AsImmutableArray(notAsked),
            NotAskedCounts = ImmutableCollectionsMarshal.AsImmutableArray(counts),
        };
    }

    private static void WriteCandidate(ref RecordWriter writer, in Candidate candidate)
    {
        writer.Text(candidate.Helper.Value);
        writer.Count(candidate.DistanceMeters);
        writer.Count(candidate.EtaSeconds);
        writer.Signed(candidate.Score.Fix);
        writer.Signed(candidate.Score.Travel);
        writer.Signed(candidate.Score.Loyalty);
        writer.Signed(candidate.Score.Fairness);
        writer.Signed(candidate.Score.Scarcity);
    }

    private static Candidate ReadCandidate(ref RecordReader reader) => new(
        new HelperId(reader.Id()),
        reader.Int32(),
        reader.Int32(),
        new Score(reader.SignedInt32(), reader.SignedInt32(), reader.SignedInt32(), reader.SignedInt32(), reader.SignedInt32()));
}
