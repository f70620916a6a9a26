using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Simulation.City;

/// <summary>A straight move from one place to another over a span of time; standing still when both are the same.</summary>
internal readonly record struct Motion(LatLng From, LatLng To, Instant Depart, Instant Arrive)
{
    public static Motion StandingAt(LatLng place) => new(place, place, Instant.Never, Instant.Never);

    public LatLng At(Instant now)
    {
        if (now >= Arrive)
        {
            return To;
        }

        double share = (double)(now.UnixMilliseconds - Depart.UnixMilliseconds) / (Arrive.UnixMilliseconds - Depart.UnixMilliseconds);
        return LatLng.FromDegrees(From.Lat + (share * (To.Lat - From.Lat)), From.Lng + (share * (To.Lng - From.Lng)));
    }
}
