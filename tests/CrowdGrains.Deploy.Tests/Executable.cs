using System.Text.RegularExpressions;
using CrowdGrains.Testing;

namespace CrowdGrains.Deploy.Tests;

/// <summary>A program of ours: its subcommands, and the options that it or one of them takes, as they stand in its source.</summary>
internal sealed partial record Executable(string Name, IReadOnlySet<string> Subcommands, IReadOnlySet<string> Options)
{
    private const string Prefix = "CROWDGRAINS_";

    public static readonly Executable Server = Find("crowdgrains", "src/CrowdGrains.Server");

    public static readonly Executable Silo = Find("crowdgrains-silo", "src/CrowdGrains.Silo");

    /// <summary>The variables a silo reads: one for each option that looks there, and the admin key.</summary>
    public static IReadOnlySet<string> SiloVariables { get; } = new HashSet<string>(
        [.. Silo.Options.Where(option => option != "--help").Select(option => Prefix + option[2..].Replace('-', '_').ToUpperInvariant())], StringComparer.Ordinal);

    /// <summary>The variables a server reads.</summary>
    public static IReadOnlySet<string> ServerVariables { get; } = new HashSet<string>(
        [.. Sources.CSharp("src/CrowdGrains.Server").SelectMany(path => Variable().Matches(Sources.Read(path))).Select(match => match.Groups["name"].Value)], StringComparer.Ordinal);

    /// <summary>What is wrong with a command line of this program; null when nothing is.</summary>
    public string? FaultOf(IEnumerable<string> arguments)
    {
        string[] words = [.. arguments];
        string? subcommand = words.Length > 0 && !words[0].StartsWith('-') ? words[0] : null;
        return subcommand is not null && !Subcommands.Contains(subcommand)
            ? $"{Name} has no subcommand {subcommand}"
            : words.FirstOrDefault(word => word.StartsWith("--", StringComparison.Ordinal) && !Options.Contains(word)) is { } unknown ? $"{Name} has no option {unknown}" : null;
    }

    private static Executable Find(string name, string folder)
    {
        string source = string.Concat(Sources.CSharp(folder).Select(Sources.Read));
        return new Executable(
            name,
            Subcommand().Matches(source).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal),
            Option().Matches(source).Select(match => match.Groups["name"].Value).Append("--help").ToHashSet(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"Command \w+ = new\(""(?<name>[a-z]+)""")]
    private static partial Regex Subcommand();

    [GeneratedRegex(@"""(?<name>--[a-z][a-z-]*)""")]
    private static partial Regex Option();

    [GeneratedRegex(@"""(?<name>CROWDGRAINS_[A-Z_]+)""")]
    private static partial Regex Variable();
}
