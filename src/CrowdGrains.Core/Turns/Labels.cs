using System.Collections.Immutable;

namespace CrowdGrains.Core.Turns;

/// <summary>What a caller hangs on a resource for itself: its own id for it, and free text by name. The rules never read them.</summary>
/// <param name="ExternalId">At most 128 characters; empty when there is none.</param>
/// <param name="Metadata">At most 16 entries, in the order of their names, each name once: 1 to 64 characters, values of at most 512 bytes in UTF-8.</param>
public sealed record Labels(string ExternalId, ImmutableArray<KeyValuePair<string, string>> Metadata)
{
    public const int MaxExternalIdLength = 128;
    public const int MaxEntries = 16;
    public const int MaxNameLength = 64;
    public const int MaxValueBytes = 512;

    public static readonly Labels None = new("", []);

    /// <summary>The first field that is out of range, as a JSON pointer, and the rule; null when all is well.</summary>
    public (string Field, string Rule)? FindFault()
    {
        if (ExternalId is not { Length: <= MaxExternalIdLength })
        {
            return ("/externalId", $"must have at most {MaxExternalIdLength} characters");
        }

        if (Metadata.IsDefault || Metadata.Length > MaxEntries)
        {
            return ("/metadata", $"must hold at most {MaxEntries} entries");
        }

        foreach ((string name, string value) in Metadata)
        {
            if (name is not { Length: > 0 and <= MaxNameLength })
            {
                return ("/metadata", $"must have names of 1 to {MaxNameLength} characters");
            }

            if (value is null || System.Text.Encoding.UTF8.GetByteCount(value) > MaxValueBytes)
            {
                return ($"/metadata/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}", $"must have at most {MaxValueBytes} bytes");
            }
        }

        return null;
    }
}
