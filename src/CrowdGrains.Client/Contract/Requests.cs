namespace CrowdGrains.Client.Contract;

/// <summary>Asks for help. Customer, problem and position are required.</summary>
public sealed record RequestSubmission
{
    /// <summary>Made by the server when it is missing.</summary>
    public string? Id { get; init; }

    public string? CustomerId { get; init; }

    /// <summary>An entry of the service catalogue.</summary>
    public string? Problem { get; init; }

    /// <summary>Replace those of the catalogue.</summary>
    public IReadOnlyList<Skill>? Skills { get; init; }

    /// <summary>One of these must be spoken; empty means any.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    public Position? Position { get; init; }

    public Severity? Severity { get; init; }

    public RequestWindow? Window { get; init; }

    public string? PreferredHelperId { get; init; }

    public string? Channel { get; init; }

    public string? Description { get; init; }

    public string? ExternalId { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>Not before, and by when somebody must be assigned; null for as soon as possible and the catalogue's deadline.</summary>
public sealed record RequestWindow(DateTimeOffset? NotBefore, DateTimeOffset? Deadline);

/// <summary>A request.</summary>
public sealed record Request
{
    public required string Id { get; init; }

    public required string CustomerId { get; init; }

    public required string Problem { get; init; }

    public required IReadOnlyList<Skill> Skills { get; init; }

    public required IReadOnlyList<string> Languages { get; init; }

    public required Position Position { get; init; }

    /// <summary>The H3 cell of the position, resolution 8.</summary>
    public required string Cell { get; init; }

    public required Severity Severity { get; init; }

    public required RequestWindow Window { get; init; }

    public string? PreferredHelperId { get; init; }

    public required string Channel { get; init; }

    public required string Description { get; init; }

    public string? PartnerId { get; init; }

    public required RequestStatus Status { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Unserved if nobody is assigned by then; null once somebody is, and after the end.</summary>
    public DateTimeOffset? Deadline { get; init; }

    public Assignment? Assignment { get; init; }

    /// <summary>The step of the ladder the request stands on.</summary>
    public required Rung Rung { get; init; }

    public required IReadOnlyList<Visit> Visits { get; init; }

    public int? Stars { get; init; }

    public string? ExternalId { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
}

/// <summary>Who is assigned.</summary>
public sealed record Assignment(string HelperId, string OfferId, int EtaSeconds, DateTimeOffset AssignedAt);

/// <summary>A step of the ladder, from 0.</summary>
public sealed record Rung(int Index, Tier Tier);

/// <summary>A visit that is over: <c>resolved</c>, <c>unresolved</c>, <c>aborted</c>, <c>noShow</c>, <c>cancelled</c> or <c>withdrawn</c>.</summary>
public sealed record Visit(int Number, string HelperId, string OfferId, DateTimeOffset AssignedAt, DateTimeOffset EndedAt, string Outcome);

/// <summary>Why; for people, at most 200 characters.</summary>
public sealed record Reason([property: System.Text.Json.Serialization.JsonPropertyName("reason")] string? Text);

/// <summary>Who gets the job, by the word of a dispatcher.</summary>
public sealed record Order(string? HelperId);

/// <summary>What a dispatcher may change of a request.</summary>
public sealed record RequestPatch(Severity? Severity);

/// <summary>1 to 5 stars, and whether the problem is gone.</summary>
public sealed record Rating(int? Stars, bool? Resolved);

/// <summary>How a visit ended.</summary>
public sealed record Completion(bool? Resolved);

/// <summary>One event of a request's life.</summary>
public sealed record TimelineEntry(long Sequence, DateTimeOffset At, string Type, string Actor, System.Text.Json.JsonElement Data);

/// <summary>How a request was matched, round by round; the last few rounds are kept.</summary>
public sealed record Explanation(string RequestId, IReadOnlyList<Round> Rounds);

/// <summary>One round of matching: <c>preferred</c>, <c>search</c> or <c>proposal</c>.</summary>
public sealed record Round(
    string Kind,
    DateTimeOffset At,
    int Visit,
    Rung Rung,
    int Rings,
    int CellsAsked,
    int CellsAnswered,
    IReadOnlyList<Candidate> Candidates,
    IReadOnlyList<NotAsked> NotAsked,
    IReadOnlyDictionary<string, int> NotAskedCounts);

/// <summary>A helper who could be asked, best first. One point of the score is worth one second of waiting.</summary>
public sealed record Candidate(string HelperId, int DistanceMeters, int EtaSeconds, Score Score);

/// <summary>Term by term.</summary>
public sealed record Score(int Total, int Fix, int Travel, int Loyalty, int Fairness, int Scarcity);

/// <summary>A helper who was not asked, and why.</summary>
public sealed record NotAsked(string HelperId, string Reason);
