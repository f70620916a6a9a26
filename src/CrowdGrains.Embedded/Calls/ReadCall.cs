using CrowdGrains.Core.Turns;

namespace CrowdGrains.Embedded.Calls;

/// <summary>Reads a grain between two turns. The answer leaves when what was read is durable.</summary>
internal abstract class ReadCall : Call
{
    public abstract void Read(GrainState grain);

    public abstract void Complete();
}

/// <summary>Reads a grain as <typeparamref name="T"/>.</summary>
internal sealed class ReadCall<T>(Func<GrainState, T> view) : ReadCall
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T[] _seen = [];

    public Task<T> Result => _result.Task;

    public override bool IsDone => _result.Task.IsCompleted;

    public override void Read(GrainState grain) => _seen = [view(grain)];

    public override void Complete()
    {
        if (_seen.Length > 0)
        {
            _result.TrySetResult(_seen[0]);
        }
    }

    public override void Fail(Exception reason) => _result.TrySetException(reason);
}
