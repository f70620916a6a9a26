using System.Collections.Immutable;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Core.Requests;

/// <summary>What the customer asked for.</summary>
/// <param name="Problem">The name of an entry of the catalogue.</param>
/// <param name="Skills">Replaces the skills of the problem; empty takes those of the catalogue. At most 8.</param>
/// <param name="Languages">One of these must be spoken; empty means any. At most 8.</param>
/// <param name="Severity">Null takes that of the catalogue.</param>
/// <param name="NotBefore">No helper is looked for until half an hour before; null means as soon as possible.</param>
/// <param name="Deadline">Unserved if nobody is assigned by then; null takes that of the catalogue.</param>
/// <param name="Preferred">Who is asked first.</param>
/// <param name="Channel">How the request came in: web, mobile, phone, … At most 32 characters.</param>
/// <param name="Description">For people, at most 2000 characters.</param>
public sealed record RequestSpec(
    CustomerId Customer,
    string Problem,
    ImmutableArray<SkillNeed> Skills,
    LatLng Position,
    ImmutableArray<string> Languages,
    Severity? Severity,
    Instant? NotBefore,
    Instant? Deadline,
    HelperId? Preferred,
    string Channel,
    string Description)
{
    public const int MaxSkills = 8;
    public const int MaxLanguages = 8;
    public const int MaxChannelLength = 32;
    public const int MaxDescriptionLength = 2000;
    private static readonly TimeSpan LongestNotice = TimeSpan.FromDays(366);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(30);

    public Labels Labels { get; init; } = Labels.None;

    /// <summary>The partner who submitted the request and may see it; null when it was one of our own front ends.</summary>
    public PartnerId? Partner { get; init; }

    /// <summary>Without what says who the customer is: the place is the centre of the cell that a helper is told before acceptance.</summary>
    public RequestSpec WithoutCustomer() => this with
    {
        Customer = CustomerId.Erased,
        Position = CellIndex.FromLatLng(Position, RequestOffers.PlaceResolution).Center,
        Description = "",
        Labels = Labels.None,
    };

    /// <summary>The first field that is out of range, as a JSON pointer, and the rule; null when all is well.</summary>
    public (string Field, string Rule)? FindFault(Catalogue catalogue, Instant now)
    {
        if (Customer == CustomerId.Erased)
        {
            return ("/customerId", "must not be the word that stands for erased customers");
        }

        if (!catalogue.TryFind(Problem, out _))
        {
            return ("/problem", "names no entry of the service catalogue");
        }

        if (Skills.IsDefault || Skills.Length > MaxSkills)
        {
            return ("/skills", $"must hold at most {MaxSkills} skills");
        }

        for (int i = 0; i < Skills.Length; i++)
        {
            if (Skills[i].Name is not { Length: > 0 and <= 64 })
            {
                return ($"/skills/{i}/name", "must have 1 to 64 characters");
            }

            if (Skills[i].Level is < 1 or > 5)
            {
                return ($"/skills/{i}/level", "must be 1 to 5");
            }
        }

        if (Languages.IsDefault || Languages.Length > MaxLanguages)
        {
            return ("/languages", $"must hold at most {MaxLanguages} tags");
        }

        if (Severity is { } severity && !Enum.IsDefined(severity))
        {
            return ("/severity", "must be low, normal, high or critical");
        }

        if (Deadline is { } deadline && deadline <= Instant.Later(now, NotBefore ?? now))
        {
            return ("/window/deadline", "must be in the future and after notBefore");
        }

        if (NotBefore is { } notBefore && notBefore > now + LongestNotice)
        {
            return ("/window/notBefore", "must be within a year");
        }

        if (Deadline is { } latest && latest > Instant.Later(now, NotBefore ?? now) + LongestWindow)
        {
            return ("/window/deadline", "must be within 30 days of notBefore");
        }

        if (Channel is not { Length: <= MaxChannelLength })
        {
            return ("/channel", $"must have at most {MaxChannelLength} characters");
        }

        return Description is { Length: <= MaxDescriptionLength }
            ? Labels.FindFault()
            : ("/description", $"must have at most {MaxDescriptionLength} characters");
    }
}
