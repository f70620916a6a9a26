namespace CrowdGrains.Hosting.Engines;

public enum UnavailableReason : byte
{
    /// <summary>A queue is full: nothing was done.</summary>
    Overloaded,

    /// <summary>The store failed: what was asked is undone, or its outcome is not known.</summary>
    StoreUnavailable,
    Stopping,
}

/// <summary>The engine cannot do it now. Asking again with the same operation id is always safe.</summary>
public sealed class UnavailableException : Exception
{
    public UnavailableException(UnavailableReason reason, TimeSpan retryAfter)
        : base($"The engine is not available: {reason}.")
    {
        Reason = reason;
        RetryAfter = retryAfter;
    }

    public UnavailableException()
    {
    }

    public UnavailableException(string message)
        : base(message)
    {
    }

    public UnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public UnavailableReason Reason { get; }

    /// <summary>When it makes sense to ask again.</summary>
    public TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(1);
}
