using Microsoft.Playwright;

namespace CrowdGrains.Web.Tests.Pages;

/// <summary>Opens every page in the states that people see it in, one after the other.</summary>
internal sealed class Tour(IBrowserContext context, TourCity city)
{
    /// <summary>How long maps and plots may take to be drawn. Nothing on the page says that they are: they are pictures.</summary>
    private const float DrawnAfter = 4000;

    /// <param name="look">Is called on each page, with a name for it.</param>
    public async Task WalkAsync(Func<string, IPage, Task> look)
    {
        RunningServer server = city.Server;
        ConsolePage console = await ConsolePage.OpenAsync(context, server, "/", "post /v1/requests/{id}:assign", "post /v1/shadow-runs");
        IPage page = console.Page;
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await look("sign-in", page);

        await console.SignInAsync();
        await console.IsLiveAsync();
        bool isPhone = page.ViewportSize!.Width < 900;
        await page.WaitForTimeoutAsync(DrawnAfter);
        await look("map", page);
        await ShowAsync("/?screen=list", page.Locator("[data-request]").First);
        await look("list", page);
        await ShowAsync($"/?request={city.UnderWay}&color=demand", page.GetByLabel("Timeline"));
        await page.WaitForTimeoutAsync(isPhone ? 0 : DrawnAfter);
        await look("request", page);
        await ShowAsync($"/?request={city.Waiting}&color=demand", page.GetByLabel("Timeline"));
        await page.WaitForTimeoutAsync(isPhone ? 0 : DrawnAfter);
        await page.GetByRole(AriaRole.Button, new() { Name = "Assign by hand" }).ClickAsync();
        await look("assign", page);
        await ShowAsync("/?helper=h1&color=shortage", page.GetByText("Last seen"));
        await page.WaitForTimeoutAsync(isPhone ? 0 : DrawnAfter);
        await look("helper-panel", page);
        await ShowAsync("/?screen=figures", page.Locator("figure canvas").First);
        await page.GetByRole(AriaRole.Button, new() { Name = "By tier" }).ClickAsync();
        await look("figures", page);
        await ShadowRuns.AnswerAsync(page, "done");
        await ShowAsync("/?screen=shadow", page.GetByRole(AriaRole.Button, new() { Name = "Replay" }));
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "Unserved" })).ToBeVisibleAsync();
        await look("shadow", page);
        Assert.Empty(console.Complaints);

        await LookAtHelpersAsync(look);
        await LookAtCustomersAsync(look);

        async Task ShowAsync(string view, ILocator awaited)
        {
            await page.GotoAsync(server.Address + view);
            await console.IsLiveAsync();
            await Assertions.Expect(awaited).ToBeVisibleAsync();
        }
    }

    private async Task LookAtHelpersAsync(Func<string, IPage, Task> look)
    {
        string busy = (await city.Server.GetAsync($"/v1/requests/{city.UnderWay}")).GetProperty("assignment").GetProperty("helperId").GetString()!;
        HelperPage working = await HelperPage.OpenAsync(context, city.Server, busy);
        await Assertions.Expect(working.Job).ToBeVisibleAsync();
        await look("helper-job", working.Page);

        // A helper and a request far from everybody else, or somebody else would be asked.
        string id = $"far-{Guid.NewGuid():N}"[..12];
        await city.Server.AddHelperAsync(id, "Noa Keller", lat: 52);
        HelperPage asked = await HelperPage.OpenAsync(context, city.Server, id);
        await city.Server.SubmitAsync($"of-{id}", lat: 52, lng: -73.99);
        await Assertions.Expect(asked.Offer).ToBeVisibleAsync();
        await look("helper-offer", asked.Page);
        await city.Server.PostAsync($"/v1/requests/of-{id}:cancel");
        await city.Server.PostAsync($"/v1/helpers/{id}:offline");
    }

    private async Task LookAtCustomersAsync(Func<string, IPage, Task> look)
    {
        CustomerPage waiting = await CustomerPage.OpenAsync(context, city.Server, city.UnderWay);
        await Assertions.Expect(waiting.State).ToContainTextAsync("on the way");
        await look("customer", waiting.Page);
        CustomerPage done = await CustomerPage.OpenAsync(context, city.Server, city.Completed);
        await Assertions.Expect(done.State).ToContainTextAsync("over");
        await done.Page.GetByLabel("4 of 5").CheckAsync();
        await look("customer-rating", done.Page);
    }
}
