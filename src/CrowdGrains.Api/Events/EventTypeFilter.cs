namespace CrowdGrains.Api.Events;

/// <summary>Which types of events a reader asked for: names, and groups such as <c>request.*</c>.</summary>
internal readonly record struct EventTypeFilter
{
    /// <summary>Every type, those of later versions too.</summary>
    public static readonly EventTypeFilter All;

    // Null is all. A bit for each number of EventTypes.
    private readonly uint? _types;

    private EventTypeFilter(uint types) => _types = types;

    public bool Includes(string type) => _types is not { } types || (EventTypes.TryNumber(type, out int number) && (types >> number & 1) != 0);

    /// <summary>No names at all ask for every type.</summary>
    /// <param name="known">What may be asked for: of <see cref="EventTypes"/>.</param>
    /// <param name="unknown">The first name that is no type and no group of types.</param>
    public static bool TryParse(IEnumerable<string> names, IReadOnlyList<string> known, out EventTypeFilter filter, out string unknown)
    {
        uint types = 0;
        bool any = false;
        foreach (string name in names)
        {
            uint matching = Matching(name, known);
            if (matching == 0)
            {
                filter = All;
                unknown = name;
                return false;
            }

            types |= matching;
            any = true;
        }

        filter = any ? new(types) : All;
        unknown = "";
        return true;
    }

    private static uint Matching(string name, IReadOnlyList<string> known)
    {
        uint types = 0;
        ReadOnlySpan<char> group = name.EndsWith(".*", StringComparison.Ordinal) ? name.AsSpan(0, name.Length - 1) : default;
        for (int i = 0; i < known.Count; i++)
        {
            bool matches = group.IsEmpty ? known[i] == name : known[i].AsSpan().StartsWith(group, StringComparison.Ordinal);
            if (matches && EventTypes.TryNumber(known[i], out int number))
            {
                types |= 1u << number;
            }
        }

        return types;
    }
}
