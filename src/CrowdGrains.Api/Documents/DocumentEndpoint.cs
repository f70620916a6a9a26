using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace CrowdGrains.Api.Documents;

/// <summary>
/// Serves the OpenAPI document, to everybody. Made once, when it is first asked for: it costs much more than any other answer, and who
/// asks needs no key.
/// </summary>
internal static class DocumentEndpoint
{
    public const string Path = "/openapi/v1.json";

    public static void Map(WebApplication app)
    {
        Lazy<Task<byte[]>> document = new(() => MakeAsync(app.Services));
        app.MapGet(Path, async context =>
        {
            byte[] bytes = await document.Value.ConfigureAwait(false);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = bytes.Length;
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
        });
    }

    private static async Task<byte[]> MakeAsync(IServiceProvider services)
    {
        AsyncServiceScope scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            IOpenApiDocumentProvider provider = scope.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(OpenApiDocuments.Name);
            OpenApiDocument document = await provider.GetOpenApiDocumentAsync().ConfigureAwait(false);
            using MemoryStream json = new();
            await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1).ConfigureAwait(false);
            return json.ToArray();
        }
    }
}
