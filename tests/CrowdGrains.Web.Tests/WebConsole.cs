namespace CrowdGrains.Web.Tests;

internal static class WebConsole
{
    /// <summary>Node was there when the assembly was built.</summary>
    public static bool IsBuilt => ConsoleFiles.Of(typeof(ConsoleExtensions).Assembly).ContainsKey("index.html");

    public static string SourceFolder { get; } = Path.Combine(Testing.Sources.Root, "src", "CrowdGrains.Web");
}
