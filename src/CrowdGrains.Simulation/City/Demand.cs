using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.City;

/// <summary>Turns places and times into orders: which problem, over which channel.</summary>
public sealed class Demand(Catalogue catalogue, ulong seed)
{
    /// <summary>Channels and their shares in percent: an assumption. Every problem of a catalogue is taken over the first.</summary>
    private static readonly (string Channel, int Percent)[] Channels = [("web", 40), ("mobile", 35), ("phone", 20), ("chat", 5)];

    private readonly int _totalWeight = Math.Max(1, catalogue.Problems.Sum(problem => problem.DemandWeight));

    /// <param name="number">The order's number in its day, from 0: its draws depend on nothing else.</param>
    /// <param name="type">What the source calls the kind of request. The name of a problem stands for itself; any other text always stands for one problem of the mix.</param>
    public Order Order(int number, Instant at, LatLng position, string? type)
    {
        SeededRandom random = new(seed, SeededRandom.Purpose.Demand, number);
        Problem problem = ProblemFor(type, random);
        string channel = DrawChannel(random);
        bool isTaken = problem.NextRung(0, problem.Severity, channel) >= 0;
        return new Order(at, position, problem.Name, isTaken ? channel : Channels[0].Channel);
    }

    private Problem ProblemFor(string? type, SeededRandom random)
    {
        int drawn = random.NextInt(_totalWeight);
        if (type is null)
        {
            return ByWeight(drawn);
        }

        if (catalogue.TryFind(type, out Problem? named))
        {
            return named;
        }

        TraceHash hash = default;
        hash.Add(type);
        return ByWeight((int)(hash.Value % (ulong)_totalWeight));
    }

    private Problem ByWeight(int point)
    {
        foreach (Problem problem in catalogue.Problems)
        {
            point -= problem.DemandWeight;
            if (point < 0)
            {
                return problem;
            }
        }

        return catalogue.Problems[^1];
    }

    private static string DrawChannel(SeededRandom random)
    {
        int point = random.NextInt(100);
        foreach ((string channel, int percent) in Channels)
        {
            point -= percent;
            if (point < 0)
            {
                return channel;
            }
        }

        return Channels[0].Channel;
    }
}
