using System.Collections.Concurrent;
using System.Data.Common;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Embedded.Tests;

/// <summary>A store that fails when it is told to: before a write, after a write that was kept, on what it is to write, or on reading.</summary>
internal sealed class FaultyStore(IExclusiveStore store) : IExclusiveStore
{
    private volatile bool _failsBefore;
    private volatile bool _failsAfter;
    private volatile bool _failsToLoad;
    private volatile bool _rejects;
    private readonly SemaphoreSlim _failed = new(0);
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private readonly SemaphoreSlim _held = new(0);
    private readonly ManualResetEventSlim _canLoad = new(initialState: true);
    private readonly SemaphoreSlim _loading = new(0);
    private readonly ConcurrentQueue<GrainId> _asked = new();

    public DbDataSource Data => store.Data;

    public bool FailsBefore { set => _failsBefore = value; }

    public bool FailsAfter { set => _failsAfter = value; }

    public bool FailsToLoad { set => _failsToLoad = value; }

    /// <summary>The store is well, but takes nothing that it is given.</summary>
    public bool Rejects { set => _rejects = value; }

    /// <summary>Every grain whose record was asked for.</summary>
    public IReadOnlyCollection<GrainId> Asked => _asked;

    /// <summary>Waits until a call has failed.</summary>
    public async Task FailureAsync() =>
        Assert.True(await _failed.WaitAsync(EngineStage.Patience, TestContext.Current.CancellationToken), "awaited: a failing call of the store");

    /// <summary>Writes wait from now on; completes when one does. What is told afterwards is for the writes that come later.</summary>
    public async Task HoldAsync(Action cause)
    {
        _open.Reset();
        cause();
        Assert.True(await _held.WaitAsync(EngineStage.Patience, TestContext.Current.CancellationToken), "awaited: a write to hold");
    }

    public void LetGo() => _open.Set();

    /// <summary>Reading waits from now on; completes when somebody wants to read.</summary>
    public async Task HoldLoadsAsync(Action cause)
    {
        _canLoad.Reset();
        cause();
        Assert.True(await _loading.WaitAsync(EngineStage.Patience, TestContext.Current.CancellationToken), "awaited: records to load");
    }

    public void LetLoad() => _canLoad.Set();

    public void Write(StoreBatch batch)
    {
        (bool before, bool after) = (_failsBefore, _failsAfter);
        if (!_open.IsSet)
        {
            _held.Release();
            _open.Wait();
        }

        Fail(before);
        if (_rejects)
        {
            throw new StoreException("The test wants none of it.") { IsRejection = true };
        }

        store.Write(batch);
        Fail(after);
    }

    public IReadOnlyList<GrainRow> Load(IReadOnlyCollection<GrainId> grains)
    {
        foreach (GrainId grain in grains)
        {
            _asked.Enqueue(grain);
        }

        if (!_canLoad.IsSet)
        {
            _loading.Release();
            _canLoad.Wait();
        }

        Fail(_failsToLoad);
        return store.Load(grains);
    }

    public long ReadLastSequence() => store.ReadLastSequence();

    public IEnumerable<(GrainId Grain, Instant Due)> ReadDues() => store.ReadDues();

    public IReadOnlyList<EventRow> ReadEvents(long after, int limit) => store.ReadEvents(after, limit);

    public IReadOnlyList<EventRow> ReadTimeline(RequestId request, long after, int limit) => store.ReadTimeline(request, after, limit);

    public void BackUp(string path) => store.BackUp(path);

    public void Dispose()
    {
    }

    private void Fail(bool fails)
    {
        if (fails)
        {
            _failed.Release();
            throw new StoreException("The test wants it so.");
        }
    }
}
