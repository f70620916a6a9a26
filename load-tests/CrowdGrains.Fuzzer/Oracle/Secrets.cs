using System.Collections.Immutable;
using System.Text;
using CrowdGrains.Fuzzer.Stages;

namespace CrowdGrains.Fuzzer.Oracle;

/// <summary>Everything that must not be shown: to some, or to anybody. Markers may be added while answers are judged.</summary>
internal sealed class Secrets(IEnumerable<string> hidden)
{
    private static readonly byte[] MarkerPrefix = Encoding.UTF8.GetBytes(Marker.Prefix);
    private static readonly byte[] PlacePrefix = Encoding.UTF8.GetBytes(Marker.PlacePrefix);

    private readonly ImmutableArray<byte[]> _hidden = [.. hidden.Select(Encoding.UTF8.GetBytes)];
    private ImmutableArray<Marker> _markers = [];

    public void Add(Marker marker) => ImmutableInterlocked.Update(ref _markers, markers => markers.Add(marker));

    /// <summary>What is in here that nobody may be shown; null when there is nothing.</summary>
    public string? FindHidden(ReadOnlySpan<byte> text)
    {
        foreach (byte[] secret in _hidden)
        {
            if (text.IndexOf(secret) >= 0)
            {
                return Encoding.UTF8.GetString(secret)[..6] + "…";
            }
        }

        return null;
    }

    /// <summary>The marker in here that is not for this one; null when there is none.</summary>
    public Marker? FindLeak(ReadOnlySpan<byte> text, Identity identity)
    {
        if (text.IndexOf(MarkerPrefix) < 0 && text.IndexOf(PlacePrefix) < 0)
        {
            return null;
        }

        foreach (Marker marker in _markers)
        {
            if (!marker.Audience.Contains(identity) && text.IndexOf(marker.Bytes) >= 0)
            {
                return marker;
            }
        }

        return null;
    }
}
