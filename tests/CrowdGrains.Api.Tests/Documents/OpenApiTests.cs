using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CrowdGrains.Api.Tests.Documents;

public sealed class OpenApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    private const string DocumentPath = "/openapi/v1.json";

    [Fact]
    public async Task Document_ListsExactlyWhatIsServed()
    {
        JsonElement document = await ReadAsync();
        IEnumerable<string> described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"));

        IEnumerable<string> served = server.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText != DocumentPath)
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"));

        Assert.Equal(served.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Document_DescribesVerbsParametersAndBodies()
    {
        JsonElement paths = (await ReadAsync()).GetProperty("paths");

        JsonElement online = paths.GetProperty("/v1/helpers/{id}:online").GetProperty("post");
        Assert.Contains(online.GetProperty("parameters").EnumerateArray(), parameter => Is(parameter, "id", "path"));
        Assert.Contains(online.GetProperty("parameters").EnumerateArray(), parameter => Is(parameter, "Idempotency-Key", "header"));
        Assert.Equal("#/components/schemas/GoOnline", Schema(online.GetProperty("requestBody"), "application/json").GetProperty("$ref").GetString());
        Assert.Equal("#/components/schemas/Helper", Schema(online.GetProperty("responses").GetProperty("200"), "application/json").GetProperty("$ref").GetString());
        Assert.Equal("#/components/schemas/Problem", Schema(online.GetProperty("responses").GetProperty("409"), "application/problem+json").GetProperty("$ref").GetString());
        Assert.True(paths.GetProperty("/v1/positions").GetProperty("post").GetProperty("requestBody").GetProperty("content").TryGetProperty("application/x-ndjson", out _));
        Assert.Contains(paths.GetProperty("/v1/keys").GetProperty("get").GetProperty("parameters").EnumerateArray(), parameter => Is(parameter, "cursor", "query"));
    }

    [Fact]
    public async Task Document_SaysWhatChoicesThereAre()
    {
        JsonElement schemas = (await ReadAsync()).GetProperty("components").GetProperty("schemas");

        Assert.Equal(["friend", "pro", "technician", "partner"], EnumOf(schemas, schemas.GetProperty("Helper").GetProperty("properties").GetProperty("tier")));
    }

    [Fact]
    public async Task Document_AsksForAKeyWhereOneIsNeeded()
    {
        JsonElement document = await ReadAsync();

        Assert.Equal("bearer", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("key").GetProperty("scheme").GetString());
        foreach (JsonProperty path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (JsonProperty operation in path.Value.EnumerateObject())
            {
                bool isOpen = path.Name.StartsWith("/healthz/", StringComparison.Ordinal);
                Assert.Equal(!isOpen, operation.Value.TryGetProperty("security", out JsonElement security) && security[0].TryGetProperty("key", out _));
            }
        }
    }

    private static bool Is(JsonElement parameter, string name, string place) =>
        parameter.GetProperty("name").GetString() == name && parameter.GetProperty("in").GetString() == place;

    private static JsonElement Schema(JsonElement part, string mediaType) => part.GetProperty("content").GetProperty(mediaType).GetProperty("schema");

    private static IEnumerable<string?> EnumOf(JsonElement schemas, JsonElement property)
    {
        JsonElement schema = property.TryGetProperty("$ref", out JsonElement reference)
            ? schemas.GetProperty(reference.GetString()!.Split('/')[^1])
            : property;
        return schema.GetProperty("enum").EnumerateArray().Select(word => word.GetString());
    }

    private async Task<JsonElement> ReadAsync() => (await server.With(null).GetAsync("/openapi/v1.json")).AssertStatus(HttpStatusCode.OK).Json;
}
