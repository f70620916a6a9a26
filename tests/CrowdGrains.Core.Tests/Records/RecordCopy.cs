using System.Buffers;
using System.Reflection;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Records;
using CrowdGrains.Core.Turns;
using CrowdGrains.Testing;

namespace CrowdGrains.Core.Tests.Records;

/// <summary>A grain written and read again.</summary>
internal static class RecordCopy
{
    /// <summary>What a record leaves out; every other field of a state must come back.</summary>
    private static readonly string[] SoftFields =
        ["Place", "SeenAt", "ReportedAt", "Cell", "ListedIn", "Match", "MatchCount", "IsAwaited", "Search", "Shortlist"];

    public static byte[] Bytes(GrainState state)
    {
        ArrayBufferWriter<byte> output = new();
        GrainRecord.Write(state, output);
        return output.WrittenSpan.ToArray();
    }

    public static TState Of<TState>(TState state)
        where TState : GrainState => (TState)GrainRecord.Read(state.Id, state.Version, Bytes(state));

    /// <summary>A copy that has the soft part too, as if it had never left memory. It takes the search along: the original must not go on.</summary>
    public static TState WithSoftPart<TState>(TState state)
        where TState : GrainState
    {
        TState copy = Of(state);
        foreach (FieldInfo field in typeof(TState).GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Where(IsSoft))
        {
            field.SetValue(copy, field.GetValue(state));
        }

        return copy;
    }

    /// <summary>The durable part in depth, one line for each field. Timers are compared by what is armed, not by the room left for more.</summary>
    public static string Durable(GrainState state)
    {
        string timers = string.Join(", ", Enumerable.Range(0, state.Timers.Count).Select(i => state.Timers[i].ToString()));
        IEnumerable<string> lines = Snapshot.Lines(state).Split('\n')
            .Where(line => !SoftFields.Concat(["Timers"]).Any(name => IsOf(state, line, name)));
        return string.Join('\n', [.. lines, "Timers = " + timers]);
    }

    private static bool IsSoft(FieldInfo field) =>
        SoftFields.Any(name => IsBackingField(field, name)) || (field.DeclaringType == typeof(HelperState) && IsBackingField(field, "ListingNumber"));

    private static bool IsOf(GrainState state, string line, string name) =>
        line.StartsWith(name + " = ", StringComparison.Ordinal)
        || (state is HelperState && line.StartsWith("ListingNumber = ", StringComparison.Ordinal));

    private static bool IsBackingField(FieldInfo field, string name) => field.Name == $"<{name}>k__BackingField";
}
