using CrowdGrains.Core.Turns;

namespace CrowdGrains.Embedded.Calls;

/// <summary>A command, and who waits for its answer.</summary>
internal sealed class CommandCall(Command command) : Call
{
    private readonly TaskCompletionSource<Answer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Command Command { get; } = command;

    public Task<Answer> Answer => _answer.Task;

    public override bool IsDone => _answer.Task.IsCompleted;

    public void Complete(Answer answer) => _answer.TrySetResult(answer);

    public override void Fail(Exception reason) => _answer.TrySetException(reason);
}
