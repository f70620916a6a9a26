using System.Linq.Expressions;
using System.Reflection;

namespace CrowdGrains.Benchmarks.Grid;

/// <summary>
/// The .NET port pocketken/H3.net, loaded from the path of its assembly in the environment variable CROWDGRAINS_H3NET. Calls are compiled
/// delegates, one indirect call each.
/// </summary>
internal sealed class PocketkenH3
{
    public const string PathVariable = "CROWDGRAINS_H3NET";

    private PocketkenH3(Assembly assembly)
    {
        var index = assembly.GetType("H3.H3Index", throwOnError: true)!;
        var place = assembly.GetType("H3.Model.LatLng", throwOnError: true)!;
        var rings = assembly.GetType("H3.Algorithms.Rings", throwOnError: true)!;

        var (lat, lng, resolution) = (Expression.Parameter(typeof(double)), Expression.Parameter(typeof(double)), Expression.Parameter(typeof(int)));
        var newPlace = Expression.New(place.GetConstructor([typeof(double), typeof(double)])!, lat, lng);
        var cell = Expression.Call(index.GetMethod("FromLatLng", [place, typeof(int)])!, newPlace, resolution);
        CellAt = Expression.Lambda<Func<double, double, int, object>>(cell, lat, lng, resolution).Compile();

        var (origin, k) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(int)));
        var disk = Expression.Call(rings.GetMethod("GridDiskDistances", [index, typeof(int)])!, Expression.Convert(origin, index), k);
        var count = Expression.Call(typeof(Enumerable), nameof(Enumerable.Count), [disk.Type.GetGenericArguments()[0]], disk);
        DiskCount = Expression.Lambda<Func<object, int, int>>(count, origin, k).Compile();
    }

    public static bool IsAvailable => Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 };

    /// <summary>The cell at a latitude and longitude in radians.</summary>
    public Func<double, double, int, object> CellAt { get; }

    /// <summary>Enumerates a disk and counts it.</summary>
    public Func<object, int, int> DiskCount { get; }

    /// <summary>Null when the variable is not set.</summary>
    public static PocketkenH3? Load() =>
        Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } path ? new(Assembly.LoadFrom(path)) : null;
}
