using CrowdGrains.Testing;
using k8s;
using YamlDotNet.RepresentationModel;

namespace CrowdGrains.Deploy.Tests;

/// <summary>The manifests against the types of Kubernetes, and against each other: what one names, another is.</summary>
public sealed class KubernetesTests
{
    private const string Folder = "kubernetes";

    /// <summary>As SiloCommand.LongestDrain.</summary>
    private const int DrainSeconds = 60;

    /// <summary>What the server refuses to be without, and a client type does not say.</summary>
    private static readonly Dictionary<string, string[]> Required = new()
    {
        ["Namespace"] = [],
        ["Secret"] = [],
        ["ConfigMap"] = [],
        ["ServiceAccount"] = [],
        ["Service"] = ["spec.ports", "spec.selector"],
        ["Job"] = ["spec.template.spec.containers", "spec.template.spec.restartPolicy"],
        ["Deployment"] = ["spec.selector.matchLabels", "spec.template.metadata.labels", "spec.template.spec.containers"],
        ["PodDisruptionBudget"] = ["spec.selector.matchLabels"],
        ["HorizontalPodAutoscaler"] = ["spec.scaleTargetRef.kind", "spec.scaleTargetRef.name", "spec.maxReplicas"],
        ["NetworkPolicy"] = ["spec.podSelector"],
    };

    private static readonly string[] Manifests = [.. DeployFiles.Under(Folder, ".yaml").Where(path => !path.EndsWith("kustomization.yaml", StringComparison.Ordinal))];

    private static readonly YamlNode[] Objects = [.. Manifests.SelectMany(DeployFiles.Yaml)];

    private static IEnumerable<YamlNode> PodTemplates => Objects.Select(found => found.At("spec.template")).OfType<YamlNode>();

    private static IEnumerable<YamlNode> Containers => PodTemplates.SelectMany(template => template.List("spec.containers"));

    public static TheoryData<string> Files() => [.. Manifests];

    [Theory]
    [MemberData(nameof(Files))]
    public void Manifest_HoldsOnlyWhatTheTypesOfKubernetesHave(string path)
    {
        IReadOnlyList<YamlNode> documents = DeployFiles.Yaml(path);

        // Strict: a field that the type does not have, or that stands twice, is an error.
        List<object> read = KubernetesYaml.LoadAllFromString(DeployFiles.Read(path), strict: true);

        Assert.Equal(documents.Count, read.Count);
        Assert.All(documents, found => Assert.NotEmpty(found.Text("metadata.name") ?? ""));
        Assert.All(documents, found => Assert.All(Required[found.Text("kind") ?? ""], field => Assert.True(found.At(field) is not null, $"{path}: {field} is missing")));
    }

    [Fact]
    public void Names_AreGivenOnce() => Assert.Equal(Objects.Length, Objects.Select(found => (found.Text("kind"), found.Text("metadata.name"))).Distinct().Count());

    [Fact]
    public void Kustomization_NamesWhatThereIs_AndEveryManifestButTheExample()
    {
        YamlNode kustomization = Assert.Single(DeployFiles.Yaml($"{Folder}/kustomization.yaml"));
        string[] resources = [.. kustomization.List("resources").Select(resource => ((YamlScalarNode)resource).Value!)];

        Assert.All(resources, resource => Assert.True(Path.Exists(Path.Combine(DeployFiles.Folder, Folder, resource)), $"{resource} is missing"));
        Assert.Equal(
            Manifests.Select(path => Path.GetFileName(path)).Where(name => name != "secret.example.yaml").Order(StringComparer.Ordinal),
            resources.Where(resource => resource.EndsWith(".yaml", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(
            DeployFiles.Yaml("monitoring/kustomization.yaml").Single().List("configMapGenerator").SelectMany(map => map.List("files")),
            file => Assert.True(File.Exists(Path.Combine(DeployFiles.Folder, "monitoring", ((YamlScalarNode)file).Value!)), $"{file} is missing"));
    }

    [Fact]
    public void Selectors_FindThePodsTheyAreFor()
    {
        (string Of, IReadOnlyDictionary<string, string> Labels)[] selectors =
        [
            .. Objects.Where(found => found.Text("kind") == "Service").Select(found => (found.Text("metadata.name")!, found.Texts("spec.selector"))),
            .. Objects.Where(found => found.At("spec.selector.matchLabels") is not null).Select(found => (found.Text("metadata.name")!, found.Texts("spec.selector.matchLabels"))),
            .. Objects.Where(found => found.Text("kind") == "NetworkPolicy").Select(found => (found.Text("metadata.name")!, found.Texts("spec.podSelector.matchLabels"))),
            .. Objects.SelectMany(found => (YamlNode[])[.. found.List("spec.ingress").SelectMany(rule => rule.List("from")), .. found.List("spec.egress").SelectMany(rule => rule.List("to"))])
                .Where(peer => peer.At("podSelector") is not null).Select(peer => ("a peer", peer.Texts("podSelector.matchLabels"))),
            .. PodTemplates.SelectMany(template => template.List("spec.topologySpreadConstraints")).Select(spread => ("a spread", spread.Texts("labelSelector.matchLabels"))),
        ];

        Assert.NotEmpty(selectors);
        Assert.All(selectors, selector => Assert.Contains(PodTemplates.Select(template => template.Texts("metadata.labels")), labels => selector.Labels.Count > 0 && selector.Labels.All(labels.Contains)));
        Assert.All(
            Objects.Where(found => found.Text("kind") == "Deployment"),
            found => Assert.All(found.Texts("spec.selector.matchLabels"), label => Assert.Contains(label, found.Texts("spec.template.metadata.labels"))));
    }

    [Fact]
    public void References_LeadSomewhere()
    {
        Dictionary<string, string[]> secrets = Keys("Secret", "stringData");
        Dictionary<string, string[]> maps = new(Keys("ConfigMap", "data"));
        foreach (YamlNode made in DeployFiles.Yaml("monitoring/kustomization.yaml").Single().List("configMapGenerator"))
        {
            maps[made.Text("name")!] = [.. made.List("files").Select(file => Path.GetFileName(((YamlScalarNode)file).Value!))];
        }

        Assert.All(Containers.SelectMany(container => container.List("env")), variable =>
        {
            if (variable.At("valueFrom.secretKeyRef") is { } secret)
            {
                Assert.Contains(secret.Text("key"), secrets[secret.Text("name")!]);
            }
        });
        Assert.All(Containers.SelectMany(container => container.List("envFrom")), from => Assert.Contains(from.Text("configMapRef.name")!, maps));
        Assert.All(
            PodTemplates.SelectMany(template => template.List("spec.volumes")).Where(volume => volume.At("configMap") is not null),
            volume => Assert.Contains(volume.Text("configMap.name")!, maps));
        Assert.All(PodTemplates, template => Assert.Contains(Objects, found => found.Text("kind") == "ServiceAccount" && found.Text("metadata.name") == template.Text("spec.serviceAccountName")));
        Assert.All(PodTemplates, template => Assert.Equal(
            template.List("spec.volumes").Select(volume => volume.Text("name")).Order(),
            template.List("spec.containers").SelectMany(container => container.List("volumeMounts")).Select(mount => mount.Text("name")).Distinct().Order()));
        YamlNode target = Objects.Single(found => found.Text("kind") == "HorizontalPodAutoscaler").At("spec.scaleTargetRef")!;
        Assert.Contains(Objects, found => found.Text("kind") == target.Text("kind") && found.Text("metadata.name") == target.Text("name") && found.Text("apiVersion") == target.Text("apiVersion"));
    }

    [Fact]
    public void Ports_AreThoseOfTheContainers()
    {
        HashSet<string?> names = [.. Containers.SelectMany(container => container.List("ports")).Select(port => port.Text("name"))];
        HashSet<string> numbers = [.. Containers.SelectMany(container => container.List("ports")).Select(port => port.Text("containerPort")!)];

        Assert.All(Objects.Where(found => found.Text("kind") == "Service").SelectMany(found => found.List("spec.ports")), port => Assert.Contains(port.Text("targetPort"), names));
        Assert.All(
            Containers.SelectMany(container => ((string[])["startupProbe", "readinessProbe", "livenessProbe"]).Select(probe => container.Text($"{probe}.httpGet.port"))).OfType<string>(),
            port => Assert.Contains(port, names));
        Assert.All(
            Objects.Where(found => found.Text("kind") == "NetworkPolicy").SelectMany(found => found.List("spec.ingress")).SelectMany(rule => rule.List("ports")),
            port => Assert.Contains(port.Text("port"), names));
        Assert.All((string[])["8080", "11111", "30000", "4317"], port => Assert.Contains(port, numbers));
        IReadOnlyDictionary<string, string> told = Objects.Single(found => found.Text("kind") == "ConfigMap").Texts("data");
        Assert.Equal(("11111", "30000"), (told["CROWDGRAINS_SILO_PORT"], told["CROWDGRAINS_GATEWAY_PORT"]));
        Assert.EndsWith(":8080", told["CROWDGRAINS_URLS"], StringComparison.Ordinal);
    }

    [Fact]
    public void Pods_MayDoLittle_AndAreBounded()
    {
        Assert.All(PodTemplates, template => Assert.Equal(
            ("true", "RuntimeDefault", "false"),
            (template.Text("spec.securityContext.runAsNonRoot"), template.Text("spec.securityContext.seccompProfile.type"), template.Text("spec.automountServiceAccountToken"))));
        Assert.All(Containers, container =>
        {
            Assert.Equal(("false", "true"), (container.Text("securityContext.allowPrivilegeEscalation"), container.Text("securityContext.readOnlyRootFilesystem")));
            Assert.Equal("ALL", ((YamlScalarNode)container.List("securityContext.capabilities.drop").Single()).Value);
            Assert.NotNull(container.At("resources.requests.cpu"));
            Assert.NotNull(container.At("resources.limits.memory"));
        });
    }

    [Fact]
    public void Silos_AreReplacedOneByOne_AndHaveTimeToDrain()
    {
        YamlNode silos = Objects.Single(found => found.Text("metadata.name") == "crowdgrains-silo" && found.Text("kind") == "Deployment");
        YamlNode silo = silos.List("spec.template.spec.containers").Single();

        Assert.Equal(("0", "1"), (silos.Text("spec.strategy.rollingUpdate.maxUnavailable"), silos.Text("spec.strategy.rollingUpdate.maxSurge")));
        Assert.True(Number(silos, "spec.template.spec.terminationGracePeriodSeconds") > DrainSeconds + Number(silo, "lifecycle.preStop.sleep.seconds"));
        Assert.Contains($"LongestDrain = TimeSpan.FromSeconds({DrainSeconds})", Sources.Read("src/CrowdGrains.Silo/Commands/SiloCommand.cs"), StringComparison.Ordinal);
        Assert.Equal(("/healthz/ready", "/healthz/live"), (silo.Text("readinessProbe.httpGet.path"), silo.Text("livenessProbe.httpGet.path")));
        Assert.Null(silos.At("spec.replicas"));
        Assert.True(Number(Objects.Single(found => found.Text("kind") == "HorizontalPodAutoscaler"), "spec.minReplicas") >= 3);

        // What refers to another variable stands after it.
        List<string?> names = [.. silo.List("env").Select(variable => variable.Text("name"))];
        Assert.True(names.IndexOf("POD_IP") < names.IndexOf("CROWDGRAINS_ADDRESS"));
        Assert.Equal("$(POD_IP)", silo.List("env").Single(variable => variable.Text("name") == "CROWDGRAINS_ADDRESS").Text("value"));
    }

    [Fact]
    public void Autoscaler_ReadsTheMetricThatTheAdapterServes()
    {
        YamlNode rule = Assert.Single(DeployFiles.Yaml("monitoring/adapter.yaml").Single().List("rules"));
        YamlNode autoscaler = Objects.Single(found => found.Text("kind") == "HorizontalPodAutoscaler");

        Assert.Equal(rule.Text("name.as"), Assert.Single(autoscaler.List("spec.metrics")).Text("pods.metric.name"));
        Assert.True(Number(autoscaler, "spec.behavior.scaleDown.stabilizationWindowSeconds") >= 300);

        // The labels by which it finds pods are those that silos are told to send.
        string told = Objects.SelectMany(found => found.List("spec.template.spec.containers")).SelectMany(container => container.List("env"))
            .Single(variable => variable.Text("name") == "OTEL_RESOURCE_ATTRIBUTES").Text("value")!;
        Assert.All(rule.Map("resources.overrides").Keys, label => Assert.Contains(label.Replace('_', '.') + "=", told, StringComparison.Ordinal));
    }

    private static int Number(YamlNode node, string path) => int.Parse(node.Text(path) ?? "0", System.Globalization.CultureInfo.InvariantCulture);

    private static Dictionary<string, string[]> Keys(string kind, string data) =>
        Objects.Where(found => found.Text("kind") == kind).ToDictionary(found => found.Text("metadata.name")!, found => found.Map(data).Keys.ToArray());
}
