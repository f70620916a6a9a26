using System.Collections.Concurrent;
using CrowdGrains.Hosting.Engines;

namespace CrowdGrains.Hosting.Tests.ReadModels;

/// <summary>Signals within the test's process.</summary>
internal sealed class LocalSignals : ISignals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new();

    public void Send(string topic)
    {
        if (_waiting.TryRemove(topic, out TaskCompletionSource? heard))
        {
            heard.SetResult();
        }
    }

    public Task NextAsync(string topic) => _waiting.GetOrAdd(topic, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
