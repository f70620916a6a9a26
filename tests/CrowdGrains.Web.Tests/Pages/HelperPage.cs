using Microsoft.Playwright;

namespace CrowdGrains.Web.Tests.Pages;

/// <summary>The page of a helper, opened with a link as the console makes it.</summary>
internal sealed class HelperPage(IPage page)
{
    public IPage Page => page;

    public static async Task<HelperPage> OpenAsync(IBrowserContext context, RunningServer server, string helper)
    {
        HelperPage opened = new(await context.NewPageAsync());
        await opened.Page.GotoAsync($"{server.Address}/helper#{helper}/{await server.NewKeyAsync($"helper:{helper}")}");
        return opened;
    }

    public Task PressAsync(string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public ILocator Offer => page.Locator("section.offer");

    public ILocator Job => page.Locator("section.job");
}
