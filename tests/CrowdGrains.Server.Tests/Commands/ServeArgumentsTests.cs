using System.CommandLine;
using CrowdGrains.Server.Commands;
using CrowdGrains.Server.Serve;

namespace CrowdGrains.Server.Tests.Commands;

public sealed class ServeArgumentsTests
{
    [Fact]
    public void Read_TakesEveryOption()
    {
        ServeOptions options = Read(
            "--urls", "http://*:80", "--data", "there", "--postgres", "Host=db", "--policy", "nearest", "--presence-lease", "90",
            "--calls-per-second", "15", "--allow-private-webhooks", "--allow-http-webhooks");

        Assert.Equal(("http://*:80", "there", "Host=db", "nearest"), (options.Urls, options.DataFolder, options.Postgres, options.Policy.Name));
        Assert.Equal(TimeSpan.FromSeconds(90), options.Dispatch.PresenceLease);
        Assert.Equal((15, 30), (options.Api.CallsPerSecond, options.Api.CallsAtOnce));
        Assert.True(options.Api.Webhooks.AllowPrivateTargets);
        Assert.True(options.Api.Webhooks.AllowHttp);
        Assert.Equal("a secret", options.AdminKey);
    }

    [Fact]
    public void Read_KeepsToTheDefaults()
    {
        ServeOptions options = Read();

        Assert.Equal(TimeSpan.FromSeconds(60), options.Dispatch.PresenceLease);
        Assert.Equal((20_000, 40_000), (options.Api.CallsPerSecond, options.Api.CallsAtOnce));
        Assert.False(options.Api.Webhooks.AllowPrivateTargets);
        Assert.False(options.Api.Webhooks.AllowHttp);
    }

    /// <summary>Who is silent for a lease is still in memory, and goes stale there.</summary>
    [Fact]
    public void Read_KeepsGrainsInMemoryForTwoLeases()
    {
        ServeOptions options = Read("--presence-lease", "43200");

        options.Engine.Validate(options.Dispatch.Validate().PresenceLease);
        Assert.Equal(TimeSpan.FromDays(1), options.Engine.IdleAfter);
    }

    private static ServeOptions Read(params string[] arguments)
    {
        Command command = new("serve");
        ServeArguments options = new();
        options.AddTo(command);
        return options.Read(command.Parse(arguments), "a secret");
    }
}
