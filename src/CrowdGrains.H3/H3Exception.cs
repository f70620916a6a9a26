namespace CrowdGrains.H3;

/// <summary>The grid refused an operation for a reason that lies in the cells. Arguments out of range throw argument exceptions.</summary>
public sealed class H3Exception : Exception
{
    public H3Exception(H3Error error, string message)
        : base(message) => Error = error;

    public H3Error Error { get; }
}
