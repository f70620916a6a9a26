namespace CrowdGrains.Api.Webhooks;

/// <summary>Why a webhook was disabled, as others may know it.</summary>
internal enum DisabledCause : byte
{
    ByOwner,

    /// <summary>The receiver answered 410.</summary>
    Gone,

    /// <summary>A delivery failed after its last retry.</summary>
    RetriesFailed,

    /// <summary>Too many deliveries were pending.</summary>
    TooFarBehind,
}
