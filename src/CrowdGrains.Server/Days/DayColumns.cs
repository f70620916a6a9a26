namespace CrowdGrains.Server.Days;

/// <summary>How positions are written.</summary>
public enum PositionFormat
{
    /// <summary>WGS 84 degrees.</summary>
    Degrees,

    /// <summary>Swiss LV95 metres, east and north.</summary>
    SwissMeters,
}

/// <summary>Which columns of a file hold what, by the names in its header.</summary>
/// <param name="Lat">Latitude, or north in metres.</param>
/// <param name="Lng">Longitude, or east in metres.</param>
/// <param name="Type">The kind of request; null when the file has none.</param>
public sealed record DayColumns(string Time, string Lat, string Lng, string? Type, PositionFormat Format)
{
    private static readonly string[] TimeNames =
    [
        "date/time", "tpep_pickup_datetime", "lpep_pickup_datetime", "pickup_datetime", "trip_pickup_datetime", "pickup_date",
        "createddate", "created date", "created_date", "requested_datetime", "requested_date", "opened", "started_at", "starttime",
        "datetime", "timestamp", "time", "date",
    ];

    private static readonly string[] LatNames = ["lat", "latitude", "pickup_latitude", "start_lat", "y"];
    private static readonly string[] LngNames = ["lon", "lng", "long", "longitude", "pickup_longitude", "start_lon", "start_lng", "x"];

    private static readonly string[] TypeNames =
        ["srtype", "complaint type", "complaint_type", "service_name", "service_code", "request type", "request_type", "problem", "type"];

    /// <summary>Finds the columns of a header, those that are named first.</summary>
    /// <exception cref="InputException">A column is not there, or none is known for its purpose.</exception>
    public static DayColumns Find(string[] header, string? time, string? lat, string? lng, string? type)
    {
        bool isSwiss = lat is null && lng is null && Has(header, "e") && Has(header, "n") && !LatNames.Any(name => Has(header, name));
        return new DayColumns(
            Pick(header, time, TimeNames, "--time-column", "the time"),
            isSwiss ? Pick(header, null, ["n"], "--lat-column", "the latitude") : Pick(header, lat, LatNames, "--lat-column", "the latitude"),
            isSwiss ? Pick(header, null, ["e"], "--lng-column", "the longitude") : Pick(header, lng, LngNames, "--lng-column", "the longitude"),
            type is not null ? Pick(header, type, [], "--type-column", "the type") : TypeNames.Select(name => Match(header, name)).FirstOrDefault(name => name is not null),
            isSwiss ? PositionFormat.SwissMeters : PositionFormat.Degrees);
    }

    private static string Pick(string[] header, string? named, string[] known, string option, string purpose)
    {
        if (named is not null)
        {
            return Match(header, named) ?? throw new InputException($"{option}: the file has no column \"{named}\"; it has {List(header)}.");
        }

        return known.Select(name => Match(header, name)).FirstOrDefault(name => name is not null)
            ?? throw new InputException($"No column for {purpose} was found among {List(header)}. Name it with {option}.");
    }

    private static bool Has(string[] header, string name) => Match(header, name) is not null;

    private static string? Match(string[] header, string name) =>
        Array.Find(header, column => string.Equals(column.Trim(), name, StringComparison.OrdinalIgnoreCase));

    private static string List(string[] header) =>
        string.Join(", ", header.Take(20).Select(column => $"\"{Shorten(column)}\"")) + (header.Length > 20 ? ", …" : "");

    private static string Shorten(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
