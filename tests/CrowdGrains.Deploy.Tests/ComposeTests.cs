using System.Text.RegularExpressions;
using CrowdGrains.Testing;
using YamlDotNet.RepresentationModel;

namespace CrowdGrains.Deploy.Tests;

/// <summary>The compose files by the rules of the Compose specification that they touch.</summary>
public sealed partial class ComposeTests
{
    private static readonly string[] TopLevel = ["name", "services", "networks", "volumes"];

    private static readonly string[] OfService =
    [
        "image", "build", "command", "restart", "stop_grace_period", "read_only", "tmpfs", "cap_drop", "security_opt", "depends_on", "environment", "volumes",
        "networks", "ports", "healthcheck",
    ];

    private static readonly string[] Conditions = ["service_started", "service_healthy", "service_completed_successfully"];

    public static TheoryData<string> Files() => ["compose.yaml", "compose.single.yaml"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Compose_HasTheFieldsItMay(string path)
    {
        YamlNode compose = Read(path);

        Assert.All(compose.Keys(), key => Assert.True(TopLevel.Contains(key) || key.StartsWith("x-", StringComparison.Ordinal), $"{path}: {key}"));
        Assert.All(compose.Map("services"), service =>
        {
            Assert.All(service.Value.Keys(), key => Assert.Contains(key, OfService));
            Assert.NotNull(service.Value.At("image"));
        });
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Compose_NamesWhatThereIs(string path)
    {
        YamlNode compose = Read(path);
        IReadOnlyDictionary<string, YamlNode> services = compose.Map("services");
        string[] volumes = [.. compose.Map("volumes").Keys];
        Assert.All(services, service =>
        {
            Assert.All(NamesOf(service.Value, "depends_on"), needed => Assert.Contains(needed, services.Keys));
            Assert.All(NamesOf(service.Value, "networks"), network => Assert.Contains(network, compose.Map("networks").Keys));
            Assert.All(service.Value.Map("depends_on").Values, needed => Assert.Contains(needed.Text("condition"), Conditions));
            Assert.All(service.Value.Map("depends_on").Where(needed => needed.Value.Text("condition") == "service_healthy"), needed => Assert.NotNull(services[needed.Key].At("healthcheck.test")));
            Assert.All(service.Value.List("volumes").Select(volume => ((YamlScalarNode)volume).Value!.Split(':')[0]), source => Assert.True(
                source.StartsWith("./", StringComparison.Ordinal) ? Path.Exists(Path.Combine(DeployFiles.Folder, source)) : volumes.Contains(source), $"{source} is missing"));
            if (service.Value.At("build") is { } build)
            {
                Assert.Equal(Sources.Root, Path.GetFullPath(Path.Combine(DeployFiles.Folder, build.Text("context")!)));
                Assert.True(File.Exists(Path.Combine(Sources.Root, build.Text("dockerfile")!)));
            }
        });
    }

    /// <summary>Nothing listens beyond the machine, and no secret has a value.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void Compose_IsClosedUntilSomebodyOpensIt(string path)
    {
        YamlNode compose = Read(path);
        string[] ports = [.. compose.Map("services").Values.SelectMany(service => service.List("ports")).Select(port => ((YamlScalarNode)port).Value!)];

        Assert.All(ports, port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
        Assert.Equal(ports.Length, ports.Distinct().Count());
        string[] asked = [.. Asked().Matches(DeployFiles.Read(path)).Select(match => match.Groups["name"].Value).Distinct().Where(name => name != "CROWDGRAINS_VERSION")];
        Assert.All(asked, name => Assert.Contains($"\n{name}=\n", DeployFiles.Read(".env.example"), StringComparison.Ordinal));
        Assert.All(Asked().Matches(DeployFiles.Read(path)), match => Assert.Matches("^(:-latest|:\\?.+)$", match.Groups["rest"].Value));
    }

    [Fact]
    public void Silos_HaveAddressesOfTheirOwn_AndTimeToDrain()
    {
        YamlNode compose = Read("compose.yaml");
        YamlNode[] silos = [.. compose.Map("services").Where(service => service.Key.StartsWith("silo-", StringComparison.Ordinal)).Select(service => service.Value)];

        Assert.Equal(3, silos.Length);
        Assert.All(silos, silo => Assert.Equal(silo.Text("networks.silos.ipv4_address"), silo.Texts("environment")["CROWDGRAINS_ADDRESS"]));
        Assert.Equal(3, silos.Select(silo => silo.Text("networks.silos.ipv4_address")).Distinct().Count());
        Assert.Equal(3, silos.Select(silo => silo.Texts("environment")["OTEL_RESOURCE_ATTRIBUTES"]).Distinct().Count());
        Assert.All(silos, silo => Assert.Equal("90s", silo.Text("stop_grace_period")));
        Assert.All(silos, silo => Assert.Equal(compose.Map("services")["migrate"].Text("image"), silo.Text("image")));
    }

    private static YamlNode Read(string path) => Assert.Single(DeployFiles.Yaml(path));

    /// <summary>A list of names, or a map by name.</summary>
    private static IEnumerable<string> NamesOf(YamlNode service, string field) =>
        [.. service.List(field).Select(name => ((YamlScalarNode)name).Value!), .. service.Map(field).Keys];

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)(?<rest>[^}]*)\}")]
    private static partial Regex Asked();
}
