using System.Text.Json;

namespace CrowdGrains.Fuzzer.Documents;

/// <summary>The server's own OpenAPI document: what there is to be called, and what a body looks like.</summary>
internal sealed class ApiDocument
{
    private const string ReferencePrefix = "#/components/schemas/";

    private readonly JsonElement _schemas;

    private ApiDocument(IReadOnlyList<Endpoint> endpoints, JsonElement schemas)
    {
        Endpoints = endpoints;
        _schemas = schemas;
    }

    /// <summary>In the order of the document.</summary>
    public IReadOnlyList<Endpoint> Endpoints { get; }

    public static ApiDocument Parse(string json)
    {
        JsonElement root = JsonDocument.Parse(json).RootElement;
        List<Endpoint> endpoints = [];
        foreach (JsonProperty path in root.GetProperty("paths").EnumerateObject())
        {
            foreach (JsonProperty operation in path.Value.EnumerateObject())
            {
                endpoints.Add(Read(path.Name, operation.Name.ToUpperInvariant(), operation.Value));
            }
        }

        return new ApiDocument(endpoints, root.GetProperty("components").GetProperty("schemas"));
    }

    /// <summary>The schema itself, where it is only referred to, and its name there; without the alternative of null.</summary>
    public (JsonElement Schema, string Name) Resolve(JsonElement schema)
    {
        if (schema.TryGetProperty("oneOf", out JsonElement choices))
        {
            schema = choices.EnumerateArray().First(choice => choice.TryGetProperty("$ref", out _));
        }

        if (!schema.TryGetProperty("$ref", out JsonElement reference))
        {
            return (schema, "");
        }

        string name = reference.GetString()![ReferencePrefix.Length..];
        return (_schemas.GetProperty(name), name);
    }

    private static Endpoint Read(string path, string method, JsonElement operation)
    {
        List<string> queries = [];
        if (operation.TryGetProperty("parameters", out JsonElement parameters))
        {
            queries.AddRange(parameters.EnumerateArray()
                .Where(parameter => parameter.GetProperty("in").GetString() == "query")
                .Select(parameter => parameter.GetProperty("name").GetString()!));
        }

        if (!operation.TryGetProperty("requestBody", out JsonElement body))
        {
            return new Endpoint(method, path, queries, null, null);
        }

        JsonProperty content = body.GetProperty("content").EnumerateObject().First();
        return new Endpoint(method, path, queries, content.Value.GetProperty("schema"), content.Name);
    }
}
