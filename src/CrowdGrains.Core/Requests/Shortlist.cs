using CrowdGrains.Core.Matching;

namespace CrowdGrains.Core.Requests;

/// <summary>Candidates of one round who are not asked yet, best first, and what they would be asked for.</summary>
internal sealed record Shortlist(int Rung, Need Need, Queue<Candidate> Candidates);
