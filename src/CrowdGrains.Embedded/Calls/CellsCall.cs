using CrowdGrains.Core.Cells;
using CrowdGrains.H3;

namespace CrowdGrains.Embedded.Calls;

/// <summary>Asks the cells of one shard that are in memory; the others list nobody.</summary>
internal sealed class CellsCall<T>(IReadOnlyList<CellIndex> cells, Func<IEnumerable<CellState>, T> ask) : Call, ICellsCall
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Result => _result.Task;

    public IReadOnlyList<CellIndex> Cells => cells;

    public override bool IsDone => _result.Task.IsCompleted;

    public void Answer(IEnumerable<CellState> found) => _result.TrySetResult(ask(found));

    public override void Fail(Exception reason) => _result.TrySetException(reason);
}

/// <summary>A <see cref="CellsCall{T}"/> whatever its result.</summary>
internal interface ICellsCall
{
    IReadOnlyList<CellIndex> Cells { get; }

    void Answer(IEnumerable<CellState> found);
}
