using Microsoft.Playwright;

namespace CrowdGrains.Web.Tests.Pages;

/// <summary>The page of a customer, opened with a link as the console makes it.</summary>
internal sealed class CustomerPage(IPage page)
{
    public IPage Page => page;

    public static async Task<CustomerPage> OpenAsync(IBrowserContext context, RunningServer server, string request)
    {
        CustomerPage opened = new(await context.NewPageAsync());
        await opened.Page.GotoAsync($"{server.Address}/customer#{request}/{await server.NewKeyAsync("dispatch")}");
        return opened;
    }

    public ILocator State => page.GetByLabel("How it stands");
}
