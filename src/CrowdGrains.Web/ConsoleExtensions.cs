using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrowdGrains.Web;

/// <summary>Serves the console: the dispatcher's page at <c>/</c>, the helper's at <c>/helper</c>, the customer's at <c>/customer</c>.</summary>
public static class ConsoleExtensions
{
    private const string NotBuilt =
        """
        <!doctype html>
        <html lang="en"><meta charset="utf-8"><title>CrowdGrains</title>
        <h1>The console was not built</h1>
        <p>Node 20.19 or later was not found when this server was built. Install it and build again: the console is then served here.</p>
        <p>Everything else works: the HTTP interface is described at <a href="/openapi/v1.json">/openapi/v1.json</a>.</p>
        </html>
        """;

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];
    private static readonly (string Path, string File)[] Pages = [("/", "index.html"), ("/helper", "helper.html"), ("/customer", "customer.html")];

    /// <exception cref="ArgumentException">The address of the map's style cannot be used.</exception>
    public static T MapConsole<T>(this T app, ConsoleOptions? options = null)
        where T : IEndpointRouteBuilder => MapConsole(app, options ?? new ConsoleOptions(), ConsoleFiles.Of(typeof(ConsoleExtensions).Assembly));

    internal static T MapConsole<T>(this T app, ConsoleOptions options, IReadOnlyDictionary<string, ConsoleFile> files)
        where T : IEndpointRouteBuilder
    {
        PageHeaders headers = new(options.FindMapOrigin());
        foreach ((string path, string file) in Pages)
        {
            Map(app, path, headers, files.TryGetValue(file, out ConsoleFile? page) ? page.SendAsync : SendNotBuiltAsync);
        }

        foreach ((string path, ConsoleFile file) in files.Where(file => !file.Key.EndsWith(".html", StringComparison.Ordinal)))
        {
            Map(app, "/" + path, headers, file.SendAsync);
        }

        byte[] settings = JsonSerializer.SerializeToUtf8Bytes(new { mapStyle = options.MapStyle }, JsonSerializerOptions.Web);
        Map(app, "/console.json", headers, context => SendAsync(context, "application/json", settings));
        return app;
    }

    private static void Map(IEndpointRouteBuilder app, string path, PageHeaders headers, RequestDelegate send) => app.MapMethods(path, Methods, context =>
    {
        headers.Set(context.Response.Headers);
        return send(context);
    });

    private static Task SendNotBuiltAsync(HttpContext context) =>
        SendAsync(context, "text/html; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(NotBuilt));

    private static async Task SendAsync(HttpContext context, string contentType, byte[] body)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        context.Response.Headers.CacheControl = "no-cache";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
