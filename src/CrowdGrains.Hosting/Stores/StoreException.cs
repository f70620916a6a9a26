namespace CrowdGrains.Hosting.Stores;

/// <summary>The store does not do what it was asked: full, locked, read-only, gone, or of a newer version than the program.</summary>
public sealed class StoreException : Exception
{
    public StoreException(string message)
        : base(message)
    {
    }

    public StoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public StoreException()
    {
    }

    /// <summary>The store works; a statement or value of the batch is at fault, and the same batch would fail again.</summary>
    public bool IsRejection { get; init; }
}
