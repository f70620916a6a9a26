using System.Runtime.InteropServices;

namespace CrowdGrains.Benchmarks.Grid;

/// <summary>
/// The C library, loaded from the path in the environment variable CROWDGRAINS_LIBH3. The calls leave out the switch of the garbage
/// collector's mode, so what is timed is the library and about a nanosecond.
/// </summary>
internal sealed unsafe class LibH3
{
    public const string PathVariable = "CROWDGRAINS_LIBH3";

    private readonly delegate* unmanaged[SuppressGCTransition]<RadianPlace*, int, ulong*, uint> _latLngToCell;
    private readonly delegate* unmanaged[SuppressGCTransition]<ulong, int, ulong*, uint> _gridDisk;
    private readonly delegate* unmanaged[SuppressGCTransition]<ulong, RadianPlace*, uint> _cellToLatLng;
    private readonly delegate* unmanaged[SuppressGCTransition]<ulong, ulong, long*, uint> _gridDistance;

    private LibH3(nint library)
    {
        _latLngToCell = (delegate* unmanaged[SuppressGCTransition]<RadianPlace*, int, ulong*, uint>)NativeLibrary.GetExport(library, "latLngToCell");
        _gridDisk = (delegate* unmanaged[SuppressGCTransition]<ulong, int, ulong*, uint>)NativeLibrary.GetExport(library, "gridDisk");
        _cellToLatLng = (delegate* unmanaged[SuppressGCTransition]<ulong, RadianPlace*, uint>)NativeLibrary.GetExport(library, "cellToLatLng");
        _gridDistance = (delegate* unmanaged[SuppressGCTransition]<ulong, ulong, long*, uint>)NativeLibrary.GetExport(library, "gridDistance");
    }

    public static bool IsAvailable => Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 };

    /// <summary>Null when the variable is not set.</summary>
    public static LibH3? Load() =>
        Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } path ? new(NativeLibrary.Load(path)) : null;

    /// <summary>The cells of all places; returns their exclusive or.</summary>
    public ulong CellsAt(RadianPlace[] places, int resolution)
    {
        var sum = 0UL;
        fixed (RadianPlace* first = places)
        {
            for (var i = 0; i < places.Length; i++)
            {
                ulong cell;
                Check(_latLngToCell(first + i, resolution, &cell));
                sum ^= cell;
            }
        }

        return sum;
    }

    /// <summary>The disk around each cell, cleared first because the library may leave gaps; returns the exclusive or of their last cells.</summary>
    public ulong Disks(ulong[] cells, int k, ulong[] disk)
    {
        var sum = 0UL;
        fixed (ulong* buffer = disk)
        {
            foreach (var cell in cells)
            {
                disk.AsSpan().Clear();
                Check(_gridDisk(cell, k, buffer));
                sum ^= disk[^1];
            }
        }

        return sum;
    }

    public double Centers(ulong[] cells)
    {
        var sum = 0.0;
        foreach (var cell in cells)
        {
            RadianPlace place;
            Check(_cellToLatLng(cell, &place));
            sum += place.Lat;
        }

        return sum;
    }

    public long Distances(ulong[] cells)
    {
        var sum = 0L;
        foreach (var cell in cells)
        {
            long distance;
            Check(_gridDistance(cells[0], cell, &distance));
            sum += distance;
        }

        return sum;
    }

    private static void Check(uint error)
    {
        if (error != 0)
            throw new InvalidOperationException($"libh3 answered {error}.");
    }
}

/// <summary>Laid out as the C library has it, in radians.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct RadianPlace(double Lat, double Lng)
{
    public static RadianPlace Of(H3.LatLng place) => new(place.Lat * Math.PI / 180, place.Lng * Math.PI / 180);
}
