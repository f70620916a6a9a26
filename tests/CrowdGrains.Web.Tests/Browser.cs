using CrowdGrains.Web.Tests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

// Each test has a server and a browser of its own: two at once would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace CrowdGrains.Web.Tests;

/// <summary>One Chromium for all tests: the one that is installed. Without one, or without Node when the console was built, they are skipped.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>Longer than anything takes on a machine that does other things too.</summary>
    private const float PatienceMilliseconds = 60_000;

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>Chromium asks its maker for nothing; and the graphics are drawn by the processor, as a test machine has no other way.</summary>
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string _whyNot = "";

    public async ValueTask InitializeAsync()
    {
        if (!WebConsole.IsBuilt)
        {
            _whyNot = "the console was not built: Node was missing";
            return;
        }

        if (Array.Find(Places, File.Exists) is not { } chromium)
        {
            _whyNot = $"no Chromium at {string.Join(", ", Places)}";
            return;
        }

        Assertions.SetDefaultExpectTimeout(PatienceMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Args = Arguments });
    }

    /// <summary>A browser of its own for one person, as good as fresh.</summary>
    public async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions? options = null)
    {
        Assert.SkipUnless(_browser is not null, _whyNot);
        IBrowserContext context = await _browser.NewContextAsync(options ?? new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });
        context.SetDefaultTimeout(PatienceMilliseconds);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
