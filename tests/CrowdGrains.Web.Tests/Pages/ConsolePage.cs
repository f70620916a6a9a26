using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace CrowdGrains.Web.Tests.Pages;

/// <summary>The console in a browser, as a dispatcher uses it. What its scripts complain of is kept for the test to look at.</summary>
internal sealed class ConsolePage
{
    private readonly List<string> _complaints = [];

    private ConsolePage(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => _complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                _complaints.Add(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Exceptions, and what the page's policy forbade.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <param name="also">Calls that the server is said to have, too, such as <c>post /v1/shadow-runs</c>.</param>
    public static async Task<ConsolePage> OpenAsync(IBrowserContext context, RunningServer server, string view = "/", params string[] also)
    {
        ConsolePage console = new(await context.NewPageAsync());
        if (also.Length > 0)
        {
            await console.Page.RouteAsync("**/openapi/v1.json", route => DescribeAsync(route, also));
        }

        await console.Page.GotoAsync(server.Address + view);
        return console;
    }

    public async Task SignInAsync(string key = RunningServer.AdminKey, string dispatcher = "Mira")
    {
        await Page.GetByLabel("Key", new() { Exact = true }).FillAsync(key);
        await Page.GetByLabel("Your name").FillAsync(dispatcher);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    public static async Task<ConsolePage> OpenSignedInAsync(IBrowserContext context, RunningServer server, string view = "/", params string[] also)
    {
        ConsolePage console = await OpenAsync(context, server, view, also);
        await console.SignInAsync();
        await console.IsLiveAsync();
        return console;
    }

    public Task IsLiveAsync() => Assertions.Expect(Page.Locator("[data-connection=live]")).ToHaveTextAsync("Live");

    private static async Task DescribeAsync(IRoute route, string[] also)
    {
        JsonNode description = JsonNode.Parse(await (await route.FetchAsync()).TextAsync())!;
        foreach (string[] call in also.Select(call => call.Split(' ')))
        {
            description["paths"]![call[1]] ??= new JsonObject();
            description["paths"]![call[1]]![call[0]] = new JsonObject();
        }

        await route.FulfillAsync(new() { Status = 200, ContentType = "application/json", Body = description.ToJsonString() });
    }

    /// <summary>The line of a request in the work list.</summary>
    public ILocator Line(string request) => Page.Locator($"[data-request='{request}']");
}
