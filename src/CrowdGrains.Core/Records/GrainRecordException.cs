namespace CrowdGrains.Core.Records;

/// <summary>Bytes that are no record of this grain: of an unknown format, cut off, or garbled. Nothing was read from them.</summary>
public sealed class GrainRecordException : Exception
{
    public GrainRecordException(string message)
        : base(message)
    {
    }

    public GrainRecordException()
    {
    }

    public GrainRecordException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
