using CrowdGrains.Core.Turns;
using CrowdGrains.Simulation.Checks;
using CrowdGrains.Simulation.Faults;

namespace CrowdGrains.Server.Checks;

/// <summary>The story of one grain in a run: who sent it what, what it did, which write was lost.</summary>
internal static class Story
{
    private const int MaxLines = 400;

    private static readonly string[] Routine =
        ["HelperPresence", "EnlistHelper {", "FindHelpers {", "HelpersFound {", "FindRequests {", "RequestsFound {", "HelperMatch"];

    /// <summary>Runs once more and keeps the lines that name the grain, and what befell the processes; the last of them when there are many.</summary>
    public static IReadOnlyList<string> Tell(FaultOptions options, GrainId grain)
    {
        string name = grain.Kind is GrainKind.Helper or GrainKind.Request ? grain.Name : grain.ToString();
        Queue<string> lines = [];
        new CheckRun(options, (at, line) =>
        {
            if (line.StartsWith("process", StringComparison.Ordinal) || (Names(line, name) && !IsRoutine(line)))
            {
                lines.Enqueue($"{at} {string.Join('\n', line.Split('\n').Where((part, number) => number == 0 || !IsRoutine(part)))}");
                if (lines.Count > MaxLines)
                {
                    lines.Dequeue();
                }
            }
        }).Run();
        return [.. lines];
    }

    /// <summary>What happens all the time and decides nothing: heartbeats, and each of the cells that are asked.</summary>
    private static bool IsRoutine(string part) => Array.Exists(Routine, word => part.Contains(word, StringComparison.Ordinal));

    /// <summary>As a word of its own: r1 is not in r12.</summary>
    private static bool Names(string line, string name)
    {
        for (int at = line.IndexOf(name, StringComparison.Ordinal); at >= 0; at = line.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            bool begins = at == 0 || !char.IsLetterOrDigit(line[at - 1]);
            bool ends = at + name.Length == line.Length || !char.IsLetterOrDigit(line[at + name.Length]);
            if (begins && ends)
            {
                return true;
            }
        }

        return false;
    }
}
