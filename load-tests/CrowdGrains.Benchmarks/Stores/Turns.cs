using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Benchmarks.Stores;

/// <summary>
/// Durable turns as dispatch makes them, each with a record of 400 bytes and an event of 200: one half of the turns are of requests
/// that came lately, the other half of helpers anywhere among many.
/// </summary>
internal sealed class Turns(IExclusiveStore store)
{
    public const int Helpers = 100_000;

    private readonly Random _random = new(1);
    private readonly byte[] _state = new byte[400];
    private readonly byte[] _data = new byte[200];
    private readonly StoreBatch _batch = new();
    private long _sequence;
    private int _requests;

    /// <summary>Registers the helpers.</summary>
    public void Prepare()
    {
        _random.NextBytes(_state);
        _random.NextBytes(_data);
        foreach (int[] helpers in Enumerable.Range(0, Helpers).Chunk(10_000))
        {
            _batch.Clear();
            _batch.Grains.AddRange(helpers.Select(helper => new GrainRow(Helper(helper), 1, _state, new Instant(helper))));
            store.Write(_batch);
        }
    }

    /// <returns>The sequence of the last event.</returns>
    public long Write(int turns)
    {
        _batch.Clear();
        int requests = (turns + 1) / 2;
        for (int i = 0; i < requests; i++)
        {
            Add(RequestId.From($"req_{_requests++:x12}"));
        }

        int first = _random.Next(Helpers);
        for (int i = requests; i < turns; i++)
        {
            // A step that shares no factor with the number of helpers names each once in a batch.
            Add(Helper((int)((first + i * 61_803L) % Helpers)));
        }

        store.Write(_batch);
        return _sequence;
    }

    private static HelperId Helper(int number) => HelperId.From($"h{(uint)number * 2_654_435_761:x8}");

    private void Add(GrainId grain)
    {
        _sequence++;
        _batch.Grains.Add(new GrainRow(grain, _sequence, _state, new Instant(_sequence)));
        _batch.Events.Add(new EventRow(
            _sequence, new Instant(_sequence), grain, _sequence, RequestId.From($"req_{_requests:x12}"), "offer.accepted", "key:frontend", _data));
    }
}
