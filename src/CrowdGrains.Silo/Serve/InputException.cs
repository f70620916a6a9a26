namespace CrowdGrains.Silo.Serve;

/// <summary>Something the user gave cannot be used. The message says what, for people.</summary>
internal sealed class InputException : Exception
{
    public InputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public InputException(string message)
        : base(message)
    {
    }

    public InputException()
    {
    }
}
