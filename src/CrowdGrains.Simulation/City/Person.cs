using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.City;

/// <summary>A helper as a human being: where it lives, when it works, how it decides, how good it is; and what it is doing now.</summary>
internal sealed class Person(HelperId id, HelperProfile profile, LatLng home, Instant shiftStart, Instant shiftEnd, SeededRandom random)
{
    public HelperId Id { get; } = id;

    public HelperProfile Profile { get; } = profile;

    public LatLng Home { get; } = home;

    public Instant ShiftStart { get; private set; } = shiftStart;

    public Instant ShiftEnd { get; private set; } = shiftEnd;

    public SeededRandom Random { get; } = random;

    /// <summary>The chance that an offer nearby is taken.</summary>
    public required double Willingness { get; init; }

    /// <summary>The median time to answer an offer, in seconds.</summary>
    public required double AnswerSeconds { get; init; }

    /// <summary>The chance that a visit resolves the problem.</summary>
    public required double Talent { get; init; }

    /// <summary>Trips take this much of what the city says.</summary>
    public required double Pace { get; init; }

    /// <summary>The slot of the helper's grain.</summary>
    public required int Slot { get; init; }

    public bool IsRegistered { get; set; }

    public bool IsOnDuty { get; set; }

    /// <summary>Jobs at hand.</summary>
    public int Jobs { get; set; }

    public Motion Motion { get; set; } = Motion.StandingAt(home);

    /// <summary>The next shift is at the same time of a later day.</summary>
    public void PlanNextShift(Instant now)
    {
        while (ShiftStart <= now)
        {
            ShiftEnd += TimeSpan.FromDays(1);
            ShiftStart = ShiftEnd - Crowd.Shift;
        }
    }
}
