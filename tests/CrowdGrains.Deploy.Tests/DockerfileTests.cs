using System.Text.Json;
using CrowdGrains.Testing;

namespace CrowdGrains.Deploy.Tests;

/// <summary>The Dockerfiles: what they copy is there, what they start takes what it is given, and nobody runs as root.</summary>
public sealed class DockerfileTests
{
    private static readonly string[] Instructions = ["FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD", "STOPSIGNAL"];

    public static TheoryData<string> Files() => [.. DeployFiles.Under("docker", ".Dockerfile")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Dockerfile_CopiesWhatThereIs(string path)
    {
        List<string> stages = [];
        foreach ((string name, string[] words) in Read(path))
        {
            Assert.Contains(name, Instructions);
            if (name == "FROM")
            {
                // Of a version, never of whatever is the latest.
                Assert.Matches(@"^[a-z./-]+:\d", words[0]);
                stages.Add(words.Length == 3 ? words[2] : "");
            }
            else if (name == "COPY")
            {
                string? from = words.FirstOrDefault(word => word.StartsWith("--from=", StringComparison.Ordinal));
                if (from is not null)
                {
                    Assert.Contains(from["--from=".Length..], stages);
                }
                else
                {
                    Assert.All(words[..^1], source => Assert.True(Path.Exists(Path.Combine(Sources.Root, source)), $"{source} is missing"));
                    Assert.All(words[..^1], source => Assert.Contains($"\n!{source}\n", Sources.Read(".dockerignore"), StringComparison.Ordinal));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Dockerfile_BuildsAProjectThatThereIs(string path)
    {
        string[] build = Read(path).Single(line => line.Name == "RUN" && line.Words.Contains("publish")).Words;
        string project = build[Array.IndexOf(build, "publish") + 1];

        Assert.True(Directory.Exists(Path.Combine(Sources.Root, project)), $"{project} is missing");
        Assert.Equal(project.EndsWith("Silo", StringComparison.Ordinal), build.Contains("-p:Cluster=true"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Image_RunsAsNobodyInParticular_AndTellsHowItIs(string path)
    {
        (string Name, string[] Words)[] lines = [.. Read(path)];
        (string Name, string[] Words)[] last = lines[Array.FindLastIndex(lines, line => line.Name == "FROM")..];

        Assert.Contains("chiseled", last[0].Words[0], StringComparison.Ordinal);
        Assert.Equal("1654", last.Single(line => line.Name == "USER").Words[0]);
        AssertStarts(Vector(last.Single(line => line.Name == "HEALTHCHECK").Words, after: "CMD"));
        AssertStarts([.. Vector(last.Single(line => line.Name == "ENTRYPOINT").Words), .. last.Where(line => line.Name == "CMD").SelectMany(line => Vector(line.Words))]);
    }

    private static void AssertStarts(string[] arguments)
    {
        Assert.Equal("dotnet", arguments[0]);
        Executable program = arguments[1] == "crowdgrains-silo.dll" ? Executable.Silo : Executable.Server;
        Assert.Equal(program.Name + ".dll", arguments[1]);
        Assert.Null(program.FaultOf(arguments[2..]));
    }

    /// <summary>The form that needs no shell: there is none in the image.</summary>
    private static string[] Vector(string[] words, string? after = null) =>
        JsonSerializer.Deserialize<string[]>(string.Join(' ', words[(after is null ? 0 : Array.IndexOf(words, after) + 1)..])) ?? [];

    private static IEnumerable<(string Name, string[] Words)> Read(string path) =>
        from line in DeployFiles.Read(path).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        where line.Length > 0 && line[0] != '#'
        let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        select (words[0], words[1..]);
}
