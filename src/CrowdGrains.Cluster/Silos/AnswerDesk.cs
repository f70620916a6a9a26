using System.Collections.Concurrent;
using CrowdGrains.Cluster.Grains;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Cluster.Silos;

/// <summary>Where callers wait for answers that come as messages of their own.</summary>
internal sealed class AnswerDesk : IAnswerReceiver
{
    private readonly ConcurrentDictionary<OperationId, TaskCompletionSource<Answer>> _waiting = new();

    /// <summary>The answer to an operation, from now until <see cref="Leave"/>. Callers under one operation share it.</summary>
    public Task<Answer> Wait(OperationId operation) =>
        _waiting.GetOrAdd(operation, static _ => new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Leave(OperationId operation) => _waiting.TryRemove(operation, out _);

    public Task AnsweredAsync(OperationId operation, Answer answer)
    {
        if (_waiting.TryGetValue(operation, out TaskCompletionSource<Answer>? waiting))
        {
            waiting.TrySetResult(answer);
        }

        return Task.CompletedTask;
    }
}
