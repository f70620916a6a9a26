namespace CrowdGrains.Server.Tests.Commands;

/// <summary><c>health</c>, as a container's engine asks it.</summary>
public sealed class HealthTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Health_IsZeroWhileTheServerIsReady_AndOneWhenItIsGone()
    {
        await using Served server = await Served.StartAsync(_folder.At("data"));

        // As the server is told in a container: every address of the machine.
        string urls = server.Url.Replace("127.0.0.1", "0.0.0.0", StringComparison.Ordinal);
        Assert.Equal(new Ended(0, "", ""), await CommandLine.Run("health", "--urls", urls));
        await server.EndAsync();
        Ended gone = await CommandLine.Run("health", "--urls", urls);

        Assert.Equal((1, ""), (gone.ExitCode, gone.Output));
        Assert.StartsWith($"{server.Url}/healthz/ready: ", gone.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
