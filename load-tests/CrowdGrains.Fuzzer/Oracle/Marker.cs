using System.Text;
using CrowdGrains.Fuzzer.Stages;

namespace CrowdGrains.Fuzzer.Oracle;

/// <summary>Text in somebody's data that only some may be shown.</summary>
internal sealed record Marker(string Text, params Identity[] Audience)
{
    /// <summary>What every text of the kind begins with: an answer without it needs no closer look.</summary>
    public const string Prefix = "MARK-";

    /// <summary>The first digits of the latitude of every place that helpers must not be told.</summary>
    public const string PlacePrefix = "35.68";

    public byte[] Bytes { get; } = Encoding.UTF8.GetBytes(Text);
}
