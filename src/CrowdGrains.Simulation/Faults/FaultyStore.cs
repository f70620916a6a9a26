using CrowdGrains.Core.Turns;

namespace CrowdGrains.Simulation.Faults;

/// <summary>An event as it stands in the log.</summary>
/// <param name="At">The time of the turn, by its process's clock.</param>
public readonly record struct LoggedFact(GrainId Grain, long Sequence, Instant At, GrainEvent Event);

/// <summary>What is durable: the last record of each grain, replaced only by the version that follows it, with its events in the same write.</summary>
internal sealed class FaultyStore
{
    private readonly Dictionary<GrainId, int> _places = [];
    private readonly List<(GrainId Grain, long Version, byte[] Record)> _records = [];

    /// <summary>All records, in the order in which their grains came to be.</summary>
    public IReadOnlyList<(GrainId Grain, long Version, byte[] Record)> Records => _records;

    public (long Version, byte[] Record)? Read(GrainId grain) =>
        _places.TryGetValue(grain, out int place) ? (_records[place].Version, _records[place].Record) : null;

    /// <summary>False when somebody else has written since the record was read.</summary>
    public bool TryWrite(GrainId grain, long version, byte[] record)
    {
        if (!_places.TryGetValue(grain, out int place))
        {
            if (version != 1)
            {
                return false;
            }

            _places.Add(grain, _records.Count);
            _records.Add((grain, version, record));
            return true;
        }

        if (_records[place].Version != version - 1)
        {
            return false;
        }

        _records[place] = (grain, version, record);
        return true;
    }

    /// <summary>Writes whatever stands there: what a store without versions would do.</summary>
    public void Overwrite(GrainId grain, long version, byte[] record)
    {
        if (_places.TryGetValue(grain, out int place))
        {
            _records[place] = (grain, version, record);
        }
        else
        {
            _places.Add(grain, _records.Count);
            _records.Add((grain, version, record));
        }
    }
}
