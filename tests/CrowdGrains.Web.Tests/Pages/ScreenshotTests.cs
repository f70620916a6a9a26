using Microsoft.Playwright;

namespace CrowdGrains.Web.Tests.Pages;

/// <summary>Pictures of every page, on a phone and on a large screen, light and dark, to be looked at: in <c>screenshots</c> beside the tests.</summary>
public sealed class ScreenshotTests(Browser browser, TourCity city) : IClassFixture<TourCity>
{
    [Theory]
    [InlineData(390, 844, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    [InlineData(1920, 1080, ColorScheme.Light)]
    [InlineData(1920, 1080, ColorScheme.Dark)]
    public async Task Page_FitsTheScreen(int width, int height, ColorScheme scheme)
    {
        await using IBrowserContext context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
        });
        string folder = Path.Combine(AppContext.BaseDirectory, "screenshots");
        await new Tour(context, city).WalkAsync(async (name, page) =>
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}.png") });

            // Nothing is wider than the screen: nobody has to push a page sideways to read it.
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{name} is wider than {width} pixels");
        });
    }
}
