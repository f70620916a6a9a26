using System.CommandLine;

namespace CrowdGrains.Server.Commands;

/// <summary>The options of what works on a store.</summary>
internal static class StoreOptions
{
    public const string DefaultFolder = "./data";

    public static Option<DirectoryInfo> Data() => new("--data")
    {
        Description = "The folder of the store.",
        DefaultValueFactory = _ => new DirectoryInfo(DefaultFolder),
    };
}
