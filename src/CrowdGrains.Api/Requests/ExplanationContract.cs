using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Requests;
using Candidate = CrowdGrains.Client.Contract.Candidate;
using NotAsked = CrowdGrains.Client.Contract.NotAsked;
using Round = CrowdGrains.Client.Contract.Round;
using Score = CrowdGrains.Client.Contract.Score;

namespace CrowdGrains.Api.Requests;

/// <summary>The rounds of matching as the contract shows them.</summary>
internal static class ExplanationContract
{
    /// <param name="known">The helpers that may be named.</param>
    public static Explanation Explain(this RequestSnapshot request, HashSet<HelperId> known) =>
        new(request.Id.Value, [.. request.Rounds.Select(round => ToContract(round, request, known))]);

    private static Round ToContract(Core.Requests.Round round, RequestSnapshot request, HashSet<HelperId> known) => new(
        round.Kind switch
        {
            RoundKind.Preferred => "preferred",
            RoundKind.Search => "search",
            RoundKind.Proposal => "proposal",
            _ => throw new ArgumentOutOfRangeException(nameof(round), round.Kind, "Has no word."),
        },
        round.At.ToDateTimeOffset(),
        round.Visit,
        RequestContract.RungOf(request, round.Rung),
        round.Rings,
        round.CellsAsked,
        round.CellsAnswered,
        [.. round.Candidates.Where(candidate => known.Contains(candidate.Helper)).Select(ToContract)],
        [.. round.NotAsked.Where(other => known.Contains(other.Helper)).Select(other => new NotAsked(other.Helper.Value, Word(other.Reason)))],
        round.NotAskedCounts.ToDictionary(count => Word(count.Reason), count => count.Count, StringComparer.Ordinal));

    private static Candidate ToContract(Core.Matching.Candidate candidate)
    {
        Core.Matching.Score score = candidate.Score;
        return new Candidate(
            candidate.Helper.Value,
            candidate.DistanceMeters,
            candidate.EtaSeconds,
            new Score(score.Total, score.Fix, score.Travel, score.Loyalty, score.Fairness, score.Scarcity));
    }

    private static string Word(NotAskedReason reason) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(reason.ToString());
}
