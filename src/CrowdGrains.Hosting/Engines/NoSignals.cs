namespace CrowdGrains.Hosting.Engines;

/// <summary>For a process that has its store for itself: there is nobody to tell anything.</summary>
public sealed class NoSignals : ISignals
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    public static NoSignals Instance { get; } = new();

    public void Send(string topic)
    {
    }

    public Task NextAsync(string topic) => Never;
}
