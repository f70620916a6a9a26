using System.Collections.Immutable;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Requests;

public enum RoundKind : byte
{
    /// <summary>The helper the customer prefers was asked.</summary>
    Preferred,

    /// <summary>The cells around were asked.</summary>
    Search,

    /// <summary>A helper who came free proposed itself.</summary>
    Proposal,
}

/// <summary>One round of matching, kept for the explanation: who could be asked and in which order, and why others were not.</summary>
/// <param name="Rings">How far the cells were asked; 0 to this many rings.</param>
/// <param name="CellsAnswered">How many of the <paramref name="CellsAsked"/> answered in time.</param>
public sealed record Round(
    RoundKind Kind,
    Instant At,
    int Visit,
    int Rung,
    int Rings,
    int CellsAsked,
    int CellsAnswered,
    ImmutableArray<Candidate> Candidates,
    ImmutableArray<NotAsked> NotAsked,
    ImmutableArray<ReasonCount> NotAskedCounts);
