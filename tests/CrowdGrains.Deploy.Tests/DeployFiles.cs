using CrowdGrains.Testing;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;

namespace CrowdGrains.Deploy.Tests;

/// <summary>What stands in deploy/, read.</summary>
internal static class DeployFiles
{
    public static string Folder { get; } = Path.Combine(Sources.Root, "deploy");

    /// <summary>The files under a folder of deploy/ with an ending, as paths from deploy/, in order.</summary>
    public static IReadOnlyList<string> Under(string folder, string ending) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Folder, folder), "*" + ending, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    public static string Read(string path) => Sources.Read(Path.Combine("deploy", path));

    /// <summary>The documents of a YAML file, with what they merge put in its place.</summary>
    public static IReadOnlyList<YamlNode> Yaml(string path)
    {
        MergingParser parser = new(new Parser(new StringReader(Read(path))));
        List<YamlNode> documents = [];
        IDeserializer reader = new DeserializerBuilder().Build();
        parser.Consume<YamlDotNet.Core.Events.StreamStart>();
        while (!parser.Accept<YamlDotNet.Core.Events.StreamEnd>(out _))
        {
            object? document = reader.Deserialize<object?>(parser);
            documents.Add(ToNode(document));
        }

        return documents;
    }

    private static YamlNode ToNode(object? value) => value switch
    {
        IDictionary<object, object?> map => new YamlMappingNode(map.Select(entry => KeyValuePair.Create(ToNode(entry.Key), ToNode(entry.Value)))),
        IList<object?> list => new YamlSequenceNode(list.Select(ToNode)),
        null => new YamlScalarNode(""),
        _ => new YamlScalarNode(value.ToString()),
    };
}

/// <summary>Steps through a document.</summary>
internal static class YamlExtensions
{
    /// <summary>What stands at a path such as <c>spec.template</c>; null when nothing does.</summary>
    public static YamlNode? At(this YamlNode? node, string path)
    {
        foreach (string name in path.Split('.'))
        {
            node = node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(name), out YamlNode? found) ? found : null;
        }

        return node;
    }

    public static string? Text(this YamlNode? node, string path) => (node.At(path) as YamlScalarNode)?.Value;

    public static IEnumerable<YamlNode> List(this YamlNode? node, string path) => node.At(path) is YamlSequenceNode list ? list : [];

    public static IReadOnlyDictionary<string, YamlNode> Map(this YamlNode? node, string path) =>
        node.At(path) is YamlMappingNode map ? map.Children.ToDictionary(entry => ((YamlScalarNode)entry.Key).Value!, entry => entry.Value) : [];

    public static IEnumerable<string> Keys(this YamlNode node) => ((YamlMappingNode)node).Children.Keys.Select(key => ((YamlScalarNode)key).Value!);

    /// <summary>A map of texts.</summary>
    public static IReadOnlyDictionary<string, string> Texts(this YamlNode? node, string path) =>
        node.Map(path).ToDictionary(entry => entry.Key, entry => ((YamlScalarNode)entry.Value).Value ?? "");
}
