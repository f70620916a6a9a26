using CrowdGrains.Api.Problems;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Api.Calls;

/// <summary>What a grain's refusal is in HTTP.</summary>
internal static class Answers
{
    /// <summary>The fault; null when the command was carried out.</summary>
    /// <param name="what">The kind of thing that was asked, for people.</param>
    public static Fault? FaultOf(this Answer answer, string what) => answer.Code switch
    {
        AnswerCode.Ok => null,
        AnswerCode.NotFound => new Fault(ProblemKind.NotFound, $"There is no such {what}."),
        AnswerCode.AlreadyExists => new Fault(ProblemKind.AlreadyExists, $"There is a {what} with this id already."),
        AnswerCode.Invalid => Fault.Field(answer.Field, answer.Detail),
        AnswerCode.WrongState => WrongState(answer),
        AnswerCode.NotAssignedHelper => new Fault(ProblemKind.NotAssignedHelper, Sentence(answer.Detail)),
        AnswerCode.OfferLost => new Fault(ProblemKind.OfferLost, Sentence(answer.Detail)),
        AnswerCode.OfferExpired => new Fault(ProblemKind.OfferExpired, Sentence(answer.Detail)),
        AnswerCode.OfferWithdrawn => new Fault(ProblemKind.OfferWithdrawn, Sentence(answer.Detail)),
        AnswerCode.OfferDeclined => new Fault(ProblemKind.OfferDeclined, Sentence(answer.Detail)),
        AnswerCode.HelperUnknown => new Fault(ProblemKind.HelperUnknown, Sentence(answer.Detail)),
        AnswerCode.HelperOffline => new Fault(ProblemKind.HelperOffline, Sentence(answer.Detail)),
        AnswerCode.HelperFull => new Fault(ProblemKind.HelperFull, Sentence(answer.Detail)),
        AnswerCode.VersionMismatch => new Fault(ProblemKind.VersionMismatch, $"The {what} has changed."),
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "Has no problem."),
    };

    private static Fault WrongState(Answer answer) => answer.Field.Length == 0
        ? new Fault(ProblemKind.WrongState, Sentence(answer.Detail))
        : Fault.Field(answer.Field, answer.Detail) with { Kind = ProblemKind.WrongState };

    private static string? Sentence(string detail) => detail.Length == 0 ? null : $"{char.ToUpperInvariant(detail[0])}{detail[1..]}.";
}
