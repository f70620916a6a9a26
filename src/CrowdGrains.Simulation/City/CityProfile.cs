using System.Text.Json;
using System.Text.Json.Serialization;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Simulation.Engine;

namespace CrowdGrains.Simulation.City;

/// <summary>A city's demand as counts per H3 cell and hour of one day.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Source">Where the counts come from.</param>
/// <param name="Date">The day that was counted.</param>
/// <param name="Cells">Requests by cell, 24 hours each; in the order of the cells.</param>
public sealed record CityProfile(string Name, string Source, DateOnly Date, IReadOnlyList<CellDemand> Cells)
{
    public const int Hours = 24;
    private const int MaxCells = 100_000;
    private const int MaxRequests = 5_000_000;
    private const int MaxNameLength = 200;

    /// <summary>How many requests were counted.</summary>
    public int Total => Cells.Sum(cell => cell.ByHour.Sum());

    /// <summary>The names of the profiles that come with the product.</summary>
    public static IReadOnlyList<string> Shipped { get; } =
    [
        .. typeof(CityProfile).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("Cities/", StringComparison.Ordinal))
            .Select(name => name["Cities/".Length..^".json".Length]).Order(StringComparer.Ordinal),
    ];

    /// <exception cref="ArgumentException">No profile of that name comes with the product.</exception>
    public static CityProfile LoadShipped(string name)
    {
        using Stream? json = typeof(CityProfile).Assembly.GetManifestResourceStream($"Cities/{name}.json");
        return json is null
            ? throw new ArgumentException($"no city \"{name}\" comes with the product; there is {string.Join(", ", Shipped)}", nameof(name))
            : Read(json);
    }

    /// <exception cref="FormatException">The text is not a profile; the message says why.</exception>
    public static CityProfile Read(Stream json)
    {
        try
        {
            CityProfile profile = JsonSerializer.Deserialize(json, CityProfileJson.Default.CityProfile) ?? throw new FormatException("is empty");
            return profile.FindFault() is { } fault ? throw new FormatException(fault) : profile;
        }
        catch (JsonException notProfile)
        {
            throw new FormatException(notProfile.Message, notProfile);
        }
    }

    /// <summary>Counts a day's orders.</summary>
    public static CityProfile Count(string name, string source, IEnumerable<(Instant At, LatLng Position)> orders, int resolution)
    {
        SortedDictionary<CellIndex, int[]> cells = [];
        Instant first = default;
        foreach ((Instant at, LatLng position) in orders)
        {
            first = first == default ? at : Instant.Earlier(first, at);
            CellIndex cell = CellIndex.FromLatLng(position, resolution);
            if (!cells.TryGetValue(cell, out int[]? byHour))
            {
                cells.Add(cell, byHour = new int[Hours]);
            }

            byHour[at.ToDateTimeOffset().Hour]++;
        }

        DateOnly date = DateOnly.FromDateTime(first.ToDateTimeOffset().DateTime);
        return new CityProfile(name, source, date, [.. cells.Select(cell => new CellDemand(cell.Key.ToString(), cell.Value))]);
    }

    public void Write(Stream json) => JsonSerializer.Serialize(json, this, CityProfileJson.Default.CityProfile);

    /// <summary>Draws a day like the one that was counted: Poisson numbers with the counted means, times <paramref name="scale"/>.</summary>
    /// <returns>Orders by time.</returns>
    public IReadOnlyList<Order> Draw(Demand demand, ulong seed, double scale)
    {
        List<(Instant At, LatLng Position)> drawn = [];
        Instant midnight = Instant.FromDateTimeOffset(new DateTimeOffset(Date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        for (int i = 0; i < Cells.Count; i++)
        {
            CellIndex cell = CellIndex.Parse(Cells[i].Cell);
            SeededRandom random = new(seed, SeededRandom.Purpose.Demand, -2 - i);
            for (int hour = 0; hour < Hours; hour++)
            {
                DrawHour(cell, Cells[i].ByHour[hour] * scale, midnight + TimeSpan.FromHours(hour), random, drawn);
            }
        }

        return InOrder(drawn, demand, 0);
    }

    /// <summary>Draws one hour of a day like the one that was counted, whatever its date.</summary>
    /// <param name="hour">When the hour begins.</param>
    /// <param name="firstNumber">The number of the first order.</param>
    /// <returns>Orders by time.</returns>
    public IReadOnlyList<Order> DrawHour(Demand demand, ulong seed, double scale, Instant hour, int firstNumber)
    {
        List<(Instant At, LatLng Position)> drawn = [];
        ulong seedOfHour = seed + (ulong)(hour.UnixMilliseconds / 3_600_000);
        for (int i = 0; i < Cells.Count; i++)
        {
            SeededRandom random = new(seedOfHour, SeededRandom.Purpose.Demand, -2 - i);
            DrawHour(CellIndex.Parse(Cells[i].Cell), Cells[i].ByHour[hour.ToDateTimeOffset().Hour] * scale, hour, random, drawn);
        }

        return InOrder(drawn, demand, firstNumber);
    }

    private static void DrawHour(CellIndex cell, double mean, Instant hour, SeededRandom random, List<(Instant At, LatLng Position)> drawn)
    {
        for (int left = DrawPoisson(random, mean); left > 0; left--)
        {
            drawn.Add((hour + TimeSpan.FromMilliseconds(random.NextInt(3_600_000)), PlaceIn(cell, random)));
        }
    }

    /// <summary>OrderBy is stable, so orders of one millisecond keep the order of the cells.</summary>
    private static IReadOnlyList<Order> InOrder(List<(Instant At, LatLng Position)> drawn, Demand demand, int firstNumber) =>
    [
        .. drawn.OrderBy(order => order.At.UnixMilliseconds)
            .Select((order, number) => demand.Order(firstNumber + number, order.At, order.Position, null)),
    ];

    /// <summary>Arrivals within a unit of time, counted one exponential pause after another.</summary>
    private static int DrawPoisson(SeededRandom random, double mean)
    {
        int count = 0;
        for (double time = random.NextExponential(1); time < mean; time += random.NextExponential(1))
        {
            count++;
        }

        return count;
    }

    /// <summary>The rule that is broken; null when all is well.</summary>
    private string? FindFault()
    {
        if (Name.Length is 0 or > MaxNameLength)
        {
            return $"needs a name of 1 to {MaxNameLength} characters";
        }

        if (Date.Year is < 1970 or > 2200)
        {
            return "needs a date from 1970 to 2200";
        }

        // A list may hold null whatever its type says.
        if (Cells.Count is 0 or > MaxCells || Cells.Any(cell => cell is not { ByHour.Length: Hours } || cell.ByHour.Any(count => count < 0)))
        {
            return $"needs 1 to {MaxCells} cells with {Hours} counts each, none negative";
        }

        if (Cells.FirstOrDefault(cell => !CellIndex.TryParse(cell.Cell, null, out _)) is { } unknown)
        {
            return $"\"{unknown.Cell}\" is not the index of a cell";
        }

        return Cells.Sum(cell => cell.ByHour.Sum(count => (long)count)) is 0 or > MaxRequests ? $"needs 1 to {MaxRequests} requests in all" : null;
    }

    private static LatLng PlaceIn(CellIndex cell, SeededRandom random)
    {
        Span<LatLng> boundary = stackalloc LatLng[CellIndex.MaxBoundaryVertices];
        LatLng center = cell.Center;
        double radius = center.DistanceMetersTo(boundary[..cell.GetBoundary(boundary)][0]);
        for (int tries = 0; tries < 100; tries++)
        {
            LatLng place = Places.Within(center, radius, random);
            if (CellIndex.FromLatLng(place, cell.Resolution) == cell)
            {
                return place;
            }
        }

        return center;
    }
}

/// <summary>One cell's counts.</summary>
/// <param name="Cell">The H3 index in text form.</param>
/// <param name="ByHour">24 counts, from midnight.</param>
public sealed record CellDemand(string Cell, int[] ByHour);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CityProfile))]
internal sealed partial class CityProfileJson : JsonSerializerContext;
