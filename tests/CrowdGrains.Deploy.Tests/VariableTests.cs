using YamlDotNet.RepresentationModel;

namespace CrowdGrains.Deploy.Tests;

/// <summary>Every variable that a container is given is one that its program reads.</summary>
public sealed class VariableTests
{
    /// <summary>Of the standard for OpenTelemetry, those that its SDK for .NET reads.</summary>
    private static readonly string[] OfTelemetry =
    [
        "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_METRIC_EXPORT_INTERVAL", "OTEL_RESOURCE_ATTRIBUTES",
        "OTEL_SERVICE_NAME", "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG",
    ];

    /// <summary>What only other variables refer to.</summary>
    private static readonly string[] OfPod = ["POD_NAME", "POD_NAMESPACE", "POD_IP"];

    [Fact]
    public void Silos_ReadWhatKubernetesTellsThem()
    {
        YamlNode[] objects = [.. DeployFiles.Under("kubernetes", ".yaml").SelectMany(DeployFiles.Yaml)];
        YamlNode[] ours = [.. objects.SelectMany(found => found.List("spec.template.spec.containers")).Where(container => container.Text("image") == "crowdgrains-silo")];
        string[] given =
        [
            .. ours.SelectMany(container => container.List("env")).Select(variable => variable.Text("name")!),
            .. objects.Where(found => found.Text("kind") == "ConfigMap").SelectMany(found => found.Map("data").Keys),
        ];

        Assert.Equal(2, ours.Length);
        Assert.All(given, name => Assert.True(Executable.SiloVariables.Contains(name) || OfTelemetry.Contains(name) || OfPod.Contains(name), $"nobody reads {name}"));
        Assert.All(OfPod, name => Assert.Contains(ours.SelectMany(container => container.List("env")), variable => (variable.Text("value") ?? "").Contains($"$({name})", StringComparison.Ordinal)));
        Assert.All(ours, container => Assert.Null(Executable.Silo.FaultOf(container.List("args").Select(word => ((YamlScalarNode)word).Value!))));
    }

    [Fact]
    public void Programs_ReadWhatComposeTellsThem()
    {
        AssertRead("compose.yaml", "crowdgrains-silo", Executable.SiloVariables, Executable.Silo);
        AssertRead("compose.single.yaml", "crowdgrains", Executable.ServerVariables, Executable.Server);
    }

    [Fact]
    public void SiloImage_IsToldWhatASiloReads() => Assert.All(
        DeployFiles.Read("docker/silo.Dockerfile").Split('\n').Where(line => line.StartsWith("ENV CROWDGRAINS_", StringComparison.Ordinal)),
        line => Assert.Contains(line["ENV ".Length..line.IndexOf('=', StringComparison.Ordinal)], Executable.SiloVariables));

    private static void AssertRead(string path, string image, IReadOnlySet<string> variables, Executable program)
    {
        YamlNode[] services =
        [
            .. DeployFiles.Yaml(path).Single().Map("services").Values.Where(service => service.Text("image")!.StartsWith(image + ":", StringComparison.Ordinal)),
        ];
        Assert.NotEmpty(services);
        Assert.All(services.SelectMany(service => service.Map("environment").Keys), name => Assert.True(variables.Contains(name) || OfTelemetry.Contains(name), $"nobody reads {name}"));
        Assert.All(services, service => Assert.Null(program.FaultOf(service.List("command").Select(word => ((YamlScalarNode)word).Value!))));
    }
}
