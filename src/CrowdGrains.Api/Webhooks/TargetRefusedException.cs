namespace CrowdGrains.Api.Webhooks;

/// <summary>A webhook's name resolves to an address that is not on the Internet. Nothing was sent.</summary>
internal sealed class TargetRefusedException : IOException
{
    public TargetRefusedException(string message)
        : base(message)
    {
    }

    public TargetRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public TargetRefusedException()
    {
    }
}
