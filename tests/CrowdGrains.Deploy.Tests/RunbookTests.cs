using System.Text.RegularExpressions;
using CrowdGrains.Testing;

namespace CrowdGrains.Deploy.Tests;

/// <summary>The runbook's commands can be typed, and what it leads to is there.</summary>
public sealed partial class RunbookTests
{
    private static readonly string Text = DeployFiles.Read("README.md");

    private static IEnumerable<string> Commands => Blocks().Matches(Text).SelectMany(block => block.Groups["lines"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        .Where(line => line.Length > 0 && line[0] != '#');

    [Fact]
    public void Programs_HaveTheSubcommandsAndOptions()
    {
        string[][] ours =
        [
            .. Commands.Concat(Inline().Matches(Text).Select(match => match.Groups["text"].Value)).Select(line => InContainer().Replace(line, "crowdgrains "))
                .Where(line => Program().IsMatch(line)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
        ];

        Assert.InRange(ours.Length, 5, 50);
        Assert.All(ours, words => Assert.Null((words[0] == "crowdgrains-silo" ? Executable.Silo : Executable.Server).FaultOf(words[1..])));
    }

    [Fact]
    public void Files_AreThere()
    {
        string[] named = [.. Commands.SelectMany(line => DeployPath().Matches(line)).Select(match => match.Value).Distinct()];
        string[] linked = [.. Link().Matches(Text).Select(match => match.Groups["path"].Value).Where(path => !path.StartsWith("http", StringComparison.Ordinal))];

        Assert.NotEmpty(named);
        Assert.All(named, path => Assert.True(Path.Exists(Path.Combine(Sources.Root, path)) || path == "deploy/.env", $"{path} is missing"));
        Assert.All(linked, path => Assert.True(
            path.StartsWith('#') ? HasHeading(path[1..]) : Path.Exists(Path.Combine(DeployFiles.Folder, path.Split('#')[0])), $"{path} is missing"));
    }

    [Fact]
    public void Objects_AreThoseOfTheManifests()
    {
        string[] names =
        [
            .. DeployFiles.Under("kubernetes", ".yaml").SelectMany(DeployFiles.Yaml).Where(found => found.Text("kind") != "Kustomization")
                .Select(found => $"{found.Text("kind")!.ToLowerInvariant()}/{found.Text("metadata.name")}"),
        ];

        Assert.All(Commands.SelectMany(line => KubernetesName().Matches(line)).Select(match => match.Value), name => Assert.Contains(name, names));
    }

    [Fact]
    public void Keys_OfTheSecretAreThoseOfTheExample() =>
        Assert.All(
            Commands.SelectMany(line => FromLiteral().Matches(line)).Select(match => match.Groups["key"].Value),
            key => Assert.Contains(key, DeployFiles.Yaml("kubernetes/secret.example.yaml").Single().Map("stringData").Keys));

    private static bool HasHeading(string anchor) => Heading().Matches(Text)
        .Any(heading => NoWord().Replace(heading.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-') == anchor);

    [GeneratedRegex(@"```bash\n(?<lines>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^crowdgrains(-silo)? ")]
    private static partial Regex Program();

    /// <summary>What starts the server in a container of its own.</summary>
    [GeneratedRegex(@"^docker compose .* run .* server ")]
    private static partial Regex InContainer();

    [GeneratedRegex(@"`(?<text>[^`\n]+)`")]
    private static partial Regex Inline();

    [GeneratedRegex(@"(?<![\w/])deploy/[\w./-]+")]
    private static partial Regex DeployPath();

    [GeneratedRegex(@"\]\((?<path>[^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\b(deployment|job|service|horizontalpodautoscaler)/[a-z-]+")]
    private static partial Regex KubernetesName();

    [GeneratedRegex(@"--from-literal=(?<key>[a-z-]+)=")]
    private static partial Regex FromLiteral();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w -]")]
    private static partial Regex NoWord();
}
