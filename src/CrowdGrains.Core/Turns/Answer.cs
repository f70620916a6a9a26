namespace CrowdGrains.Core.Turns;

/// <summary>How a command ended, with the stable codes of the HTTP interface.</summary>
public enum AnswerCode : byte
{
    Ok,
    NotFound,
    AlreadyExists,
    Invalid,
    WrongState,
    NotAssignedHelper,
    OfferLost,
    OfferExpired,
    OfferWithdrawn,

    /// <summary>The grain is no longer at the version the command names.</summary>
    VersionMismatch,

    /// <summary>Nobody is registered under the name of the helper.</summary>
    HelperUnknown,
    HelperOffline,

    /// <summary>All of the helper's time is promised.</summary>
    HelperFull,

    /// <summary>The helper declined while the command was under way.</summary>
    OfferDeclined,
}

/// <summary>The answer to a command. <paramref name="Field"/> names the field at fault when the code is <see cref="AnswerCode.Invalid"/>.</summary>
public sealed record Answer(AnswerCode Code, string Field = "", string Detail = "")
{
    public static readonly Answer Ok = new(AnswerCode.Ok);
}
