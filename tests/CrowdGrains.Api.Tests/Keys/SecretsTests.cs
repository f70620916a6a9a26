using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Api.Tests.Keys;

/// <summary>What is secret is shown to whom it was made for, once, and is nowhere else: not in events, problems, measurements, the log or the files.</summary>
public sealed class SecretsTests : IAsyncLifetime
{
    private const string Idempotency = "idempotency-key-of-somebody";

    private readonly ApiServer _server = new() { Log = new ListLogger { From = LogLevel.Trace } };

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Secrets_AreInNothingThatIsKeptOrSaid()
    {
        using MeasuredTags measured = new();
        (string, string) repeat = ("Idempotency-Key", Idempotency);
        string key = (await _server.Admin.PostAsync("/v1/keys", """{"scope":"dispatch"}""", repeat)).AssertStatus(HttpStatusCode.Created).Text("secret");
        string hook = (await _server.With(key).PostAsync("/v1/webhooks", """{"url":"https://hooks.example.com/in","types":[]}""", repeat))
            .AssertStatus(HttpStatusCode.Created).Text("secret");
        await _server.With(key).PostAsync("/v1/helpers", Examples.Helper("h-secret").ToJsonString(), repeat);
        string[] secrets = [ApiServer.AdminKey, key, hook, Idempotency];

        List<string> said =
        [
            (await _server.Admin.GetAsync("/v1/keys")).Body,
            (await _server.Admin.GetAsync("/v1/webhooks")).Body,
            (await _server.Admin.GetAsync("/v1/events?after=0")).Body,
            .. await RefusalsAsync(key, hook),
        ];
        await _server.RestartAsync();
        said.Add((await _server.Admin.GetAsync("/v1/events?after=0")).Body);

        Assert.All(said, text => Assert.DoesNotContain(secrets, secret => text.Contains(secret, StringComparison.Ordinal)));
        Assert.Contains(measured.All, tag => tag == "http.route=/v1/webhooks");
        Assert.All(measured.All, tag => Assert.DoesNotContain(secrets, secret => tag.Contains(secret, StringComparison.Ordinal)));
        Assert.Contains(_server.Log.Lines, line => line.StartsWith("Trace", StringComparison.Ordinal) || line.StartsWith("Debug", StringComparison.Ordinal));
        Assert.All(_server.Log.Lines, line => Assert.DoesNotContain(secrets, secret => line.Contains(secret, StringComparison.Ordinal)));

        // The secret of a webhook signs, so it is kept as it is.
        Assert.All(Directory.EnumerateFiles(_server.DataFolder, "*.db*"), file => AssertHoldsNone(file, [ApiServer.AdminKey, key, Idempotency]));
    }

    /// <summary>Calls that are refused while they carry what is secret.</summary>
    private async Task<IEnumerable<string>> RefusalsAsync(string key, string hook)
    {
        Answered[] refusals =
        [
            await _server.With(key + "x").GetAsync("/v1/helpers"),
            await _server.With(null).GetAsync("/v1/helpers", ("Authorization", key)),
            await _server.With(key).PostAsync("/v1/helpers", "{}", ("Idempotency-Key", Idempotency)),
            await _server.With(key).PostAsync("/v1/helpers", "{}", ("Idempotency-Key", Idempotency + " and more")),
            await _server.With(key).DeleteAsync("/v1/keys/nobody"),
            await _server.Admin.DeleteAsync("/v1/webhooks/nobody", ("webhook-signature", hook)),
        ];
        Assert.All(refusals, refusal => Assert.InRange((int)refusal.Status, 400, 499));
        return refusals.Select(refusal => refusal.Body + refusal.Headers);
    }

    private static void AssertHoldsNone(string path, string[] secrets)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        Assert.All(secrets, secret => Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{path} holds {secret}"));
    }
}
