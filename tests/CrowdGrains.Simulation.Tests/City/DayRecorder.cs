using CrowdGrains.Core.Turns;
using CrowdGrains.Simulation.City;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.Tests.City;

/// <summary>Lives a city's day and keeps its event log.</summary>
internal sealed class DayRecorder(CityLife city) : IPopulation
{
    private readonly IPopulation _people = city;

    public List<(GrainId Grain, long Sequence, GrainEvent Event)> Log { get; } = [];

    /// <summary>As <see cref="CityLife.Run"/> does, and a minute more, so that no message is under way.</summary>
    public static DayRecorder Live(CityLife city)
    {
        DayRecorder recorder = new(city);
        while (city.Open > 0 || city.World.Now < city.LastOrder)
        {
            Assert.True(city.World.Now < city.LastOrder + TimeSpan.FromHours(12), $"{city.Open} requests have not ended after 12 hours");
            city.World.RunUntil(city.World.Now + TimeSpan.FromMinutes(5), recorder);
        }

        city.World.RunUntil(city.World.Now + TimeSpan.FromMinutes(1), recorder);
        return recorder;
    }

    public void Wake(int who, int what) => _people.Wake(who, what);

    public void Happened(GrainId grain, long sequence, GrainEvent happened)
    {
        Log.Add((grain, sequence, happened));
        _people.Happened(grain, sequence, happened);
    }

    public void Answered(OperationId operation, Answer answer) => _people.Answered(operation, answer);
}
