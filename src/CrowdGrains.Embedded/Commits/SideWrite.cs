using System.Collections.Immutable;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Embedded.Commits;

/// <summary>Statements that are written beside the grains, and who waits for them.</summary>
internal sealed class SideWrite(ImmutableArray<SqlWrite> writes)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ImmutableArray<SqlWrite> Writes { get; } = writes;

    public Task Done => _done.Task;

    public void Complete() => _done.TrySetResult();

    public void Fail(Exception reason) => _done.TrySetException(reason);
}
