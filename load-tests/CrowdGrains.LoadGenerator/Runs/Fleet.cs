using System.Text;
using CrowdGrains.Client.Contract;
using CrowdGrains.Client.Positions;
using CrowdGrains.LoadGenerator.Scenarios;

namespace CrowdGrains.LoadGenerator.Runs;

/// <summary>Where the helpers are: what it takes to write their lines quickly.</summary>
internal sealed class Fleet
{
    private readonly byte[][] _ids;
    private readonly Position[] _places;

    public Fleet(People people, int count)
    {
        _ids = [.. Enumerable.Range(0, count).Select(number => Encoding.ASCII.GetBytes(people.HelperId(number)))];
        _places = [.. Enumerable.Range(0, count).Select(people.HomeOf)];
    }

    public int Count => _ids.Length;

    /// <summary>A line of a helper some metres from home.</summary>
    public void Write(PositionLineWriter writer, int helper, DateTimeOffset at, Random random)
    {
        // A thousandth of a degree is about a hundred metres. No call of the map: a line is to cost little.
        Position home = _places[helper];
        double lat = Math.Clamp(home.Lat + ((random.NextDouble() - 0.5) / 1000), -90, 90);
        double lng = Math.Clamp(home.Lng + ((random.NextDouble() - 0.5) / 1000), -180, 180);
        writer.Write(_ids[helper], lat, lng, at);
    }
}
