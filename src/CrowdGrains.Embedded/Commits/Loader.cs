using System.Collections.Concurrent;
using CrowdGrains.Core.Turns;
using CrowdGrains.Embedded.Shards;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Embedded.Commits;

/// <summary>The one thread that reads records, many at a time, so that no shard ever waits for the store.</summary>
internal sealed class Loader
{
    private const int MaxGrains = 1000;

    private readonly IReadOnlyList<Shard> _shards;
    private readonly EmbeddedEngine _engine;
    private readonly IStore _store;
    private readonly BlockingCollection<(Shard Shard, List<Activation> Asked)> _posted = [];
    private readonly Thread _thread;
    private readonly Thread _starter;

    public Loader(EmbeddedEngine engine, IStore store, IReadOnlyList<Shard> shards)
    {
        _engine = engine;
        _store = store;
        _shards = shards;
        _thread = new Thread(Run) { Name = "loader", IsBackground = true };
        _starter = new Thread(ReadDues) { Name = "timers", IsBackground = true };
    }

    /// <summary>Every grain with an armed timer has been named to its shard.</summary>
    public bool IsTimersRead { get; private set; }

    public void Start()
    {
        _thread.Start();
        _starter.Start();
    }

    /// <summary>Ends the threads. Safe to call twice.</summary>
    public void Stop()
    {
        _posted.CompleteAdding();
        _thread.Join();
        _starter.Join();
    }

    public void Post(Shard shard, List<Activation> asked)
    {
        if (!_posted.IsAddingCompleted)
        {
            _posted.Add((shard, asked));
        }
    }

    private void Run()
    {
        foreach ((Shard shard, List<Activation> asked) in _posted.GetConsumingEnumerable())
        {
            foreach (Activation[] some in asked.Chunk(MaxGrains))
            {
                shard.Post(new Loaded(some, Load(some)));
            }
        }
    }

    private IReadOnlyList<GrainRow>? Load(Activation[] grains)
    {
        try
        {
            return _store.Load([.. grains.Select(grain => grain.Id)]);
        }
        catch (StoreException failed)
        {
            _engine.LoadFailed(failed);
            return null;
        }
    }

    /// <summary>Once, at start: every grain with an armed timer will be woken when its time comes. Commands are served meanwhile.</summary>
    private void ReadDues()
    {
        List<(GrainId Grain, Instant Due)>[] byShard = [.. _shards.Select(_ => new List<(GrainId, Instant)>())];
        while (!_posted.IsAddingCompleted)
        {
            try
            {
                foreach ((GrainId grain, Instant due) in _store.ReadDues())
                {
                    int shard = _engine.ShardOf(grain);
                    byShard[shard].Add((grain, due));
                    if (byShard[shard].Count == MaxGrains)
                    {
                        Post(byShard, shard);
                    }

                    if (_posted.IsAddingCompleted)
                    {
                        return;
                    }
                }

                for (int shard = 0; shard < byShard.Length; shard++)
                {
                    Post(byShard, shard);
                }

                IsTimersRead = true;
                return;
            }
            catch (StoreException failed)
            {
                // From the beginning: a grain that is named twice is woken twice, which is harmless.
                _engine.LoadFailed(failed);
                Thread.Sleep(250);
            }
        }
    }

    private void Post(List<(GrainId Grain, Instant Due)>[] byShard, int shard)
    {
        _shards[shard].Post(new Dues(byShard[shard]));
        byShard[shard] = [];
    }
}
