namespace CrowdGrains.Server.Days;

/// <summary>Something the user gave cannot be used. The message says what and where, for people.</summary>
public sealed class InputException : Exception
{
    public InputException(string message)
        : base(message)
    {
    }

    public InputException()
    {
    }

    public InputException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
