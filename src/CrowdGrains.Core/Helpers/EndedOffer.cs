using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Helpers;

/// <summary>What became of an offer that is over. All but the declined ones are shared: a helper remembers many.</summary>
/// <param name="Answer">How an acceptance that comes now is answered.</param>
public record EndedOffer(AnswerCode Answer)
{
    public static readonly EndedOffer Lost = new(AnswerCode.OfferLost);

    public static readonly EndedOffer Expired = new(AnswerCode.OfferExpired);

    public static readonly EndedOffer Withdrawn = new(AnswerCode.OfferWithdrawn);
}

/// <summary>The helper did not take it; a request that has not heard is told once more.</summary>
public sealed record DeclinedOffer(DeclineReason Reason, Instant? AskAgainAt) : EndedOffer(AnswerCode.WrongState);
