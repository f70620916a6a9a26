using CrowdGrains.Api.Tests.Events;

namespace CrowdGrains.Api.Tests.Webhooks;

public sealed class WebhookEndpointsTests
{
    private const string Body = """{"url":"https://hooks.example.com/in","types":["request.*","offer.issued"]}""";

    [Fact]
    public async Task Post_ShowsTheSecretOnce()
    {
        await using EventServer server = await EventServer.StartAsync();

        HttpAnswer made = await server.PostAsync("/v1/webhooks", Body);

        Assert.Equal(201, made.Status);
        Assert.StartsWith("whsec_", made.Text("secret"), StringComparison.Ordinal);
        Assert.Equal("https://hooks.example.com/in", made.Text("url"));
        Assert.True(made.Json.GetProperty("enabled").GetBoolean());
        string secret = made.Text("secret")["whsec_".Length..];
        Assert.DoesNotContain(secret, (await server.GetAsync("/v1/webhooks")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, (await server.GetAsync($"/v1/webhooks/{made.Text("id")}")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, (await server.SendAsync(HttpMethod.Patch, $"/v1/webhooks/{made.Text("id")}", body: "{}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_IsRepeatedWithTheSameKey()
    {
        await using EventServer server = await EventServer.StartAsync();

        HttpAnswer first = await server.SendAsync(HttpMethod.Post, "/v1/webhooks", body: Body, headers: ("Idempotency-Key", "k1"));
        HttpAnswer again = await server.SendAsync(HttpMethod.Post, "/v1/webhooks", body: Body, headers: ("Idempotency-Key", "k1"));

        Assert.Equal(first.Body, again.Body);
        Assert.Single((await server.GetAsync("/v1/webhooks")).Ids);
    }

    [Theory]
    [InlineData("{}", "/url")]
    [InlineData("""{"url":"http://hooks.example.com/"}""", "/url")]
    [InlineData("""{"url":"https://127.0.0.1/"}""", "/url")]
    [InlineData("""{"url":"https://localhost/"}""", "/url")]
    [InlineData("""{"url":"https://hooks.example.com/","types":["request.*","request.x"]}""", "/types/1")]
    [InlineData("""{"url":"https://hooks.example.com/","types":["request.*",null]}""", "/types/1")]
    public async Task Post_NamesTheBadField(string body, string field)
    {
        await using EventServer server = await EventServer.StartAsync();

        (await server.PostAsync("/v1/webhooks", body)).AssertProblem(400, "invalid", field);
    }

    [Fact]
    public async Task Patch_NamesTheBadField()
    {
        await using EventServer server = await EventServer.StartAsync();
        string id = (await server.PostAsync("/v1/webhooks", Body)).Text("id");

        HttpAnswer answer = await server.SendAsync(HttpMethod.Patch, $"/v1/webhooks/{id}", body: """{"types":[null,"helper.online"]}""");

        answer.AssertProblem(400, "invalid", "/types/0");
    }

    [Fact]
    public async Task Post_StopsAtTheLimitOfTheOwner()
    {
        await using EventServer server = await EventServer.StartAsync(new ApiOptions { Webhooks = new() { MaxWebhooksPerOwner = 1 } });
        (_, string partner) = await server.MakeKeyAsync("partner:p1");
        Assert.Equal(201, (await server.PostAsync("/v1/webhooks", Body)).Status);

        (await server.PostAsync("/v1/webhooks", Body)).AssertProblem(409, "limit-reached");
        Assert.Equal(201, (await server.PostAsync("/v1/webhooks", Body, partner)).Status);
    }

    [Fact]
    public async Task Helpers_HaveNone()
    {
        await using EventServer server = await EventServer.StartAsync();
        (_, string helper) = await server.MakeKeyAsync("helper:h1");

        (await server.PostAsync("/v1/webhooks", Body, helper)).AssertProblem(403, "forbidden");
        (await server.GetAsync("/v1/webhooks", helper)).AssertProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("partner:p1", "partner:p2")]
    [InlineData("partner:p1", "dispatch")]
    [InlineData("dispatch", "partner:p1")]
    public async Task AnotherOnes_DoNotExist(string owner, string other)
    {
        await using EventServer server = await EventServer.StartAsync();
        (_, string own) = await server.MakeKeyAsync(owner);
        (_, string foreign) = await server.MakeKeyAsync(other);
        string path = "/v1/webhooks/" + (await server.PostAsync("/v1/webhooks", Body, own)).Text("id");

        (await server.GetAsync(path, foreign)).AssertProblem(404, "not-found");
        (await server.SendAsync(HttpMethod.Patch, path, foreign, """{"enabled":false}""")).AssertProblem(404, "not-found");
        (await server.SendAsync(HttpMethod.Delete, path, foreign)).AssertProblem(404, "not-found");
        (await server.PostAsync(path + ":rotate", key: foreign)).AssertProblem(404, "not-found");
        (await server.GetAsync(path + "/deliveries", foreign)).AssertProblem(404, "not-found");
        (await server.PostAsync(path + "/deliveries/dlv_1:redeliver", key: foreign)).AssertProblem(404, "not-found");
        Assert.Empty((await server.GetAsync("/v1/webhooks", foreign)).Ids);
        Assert.Single((await server.GetAsync("/v1/webhooks", own)).Ids);
        Assert.Equal(200, (await server.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Patch_ChangesWhatIsNamed()
    {
        await using EventServer server = await EventServer.StartAsync();
        string path = "/v1/webhooks/" + (await server.PostAsync("/v1/webhooks", Body)).Text("id");

        HttpAnswer changed = await server.SendAsync(HttpMethod.Patch, path, body: """{"types":["helper.*"]}""");

        Assert.Equal("https://hooks.example.com/in", changed.Text("url"));
        Assert.Equal("helper.*", Assert.Single(changed.Json.GetProperty("types").EnumerateArray().ToArray()).GetString());
        Assert.True(changed.Json.GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task Patch_OfAnotherVersionIsRefused()
    {
        await using EventServer server = await EventServer.StartAsync();
        HttpAnswer made = await server.PostAsync("/v1/webhooks", Body);
        string path = "/v1/webhooks/" + made.Text("id");
        HttpAnswer changed = await server.SendAsync(HttpMethod.Patch, path, body: """{"enabled":false}""", headers: ("If-Match", made.ETag!));
        Assert.Equal(200, changed.Status);
        Assert.NotEqual(made.ETag, changed.ETag);

        (await server.SendAsync(HttpMethod.Patch, path, body: """{"enabled":true}""", headers: ("If-Match", made.ETag!))).AssertProblem(412, "version-mismatch");
    }

    [Fact]
    public async Task Patch_PassesWhenOneOfSeveralTagsHolds()
    {
        await using EventServer server = await EventServer.StartAsync();
        HttpAnswer made = await server.PostAsync("/v1/webhooks", Body);

        Assert.Equal(200, (await server.SendAsync(
            HttpMethod.Patch, "/v1/webhooks/" + made.Text("id"), body: "{}", headers: ("If-Match", $"\"99\", {made.ETag}"))).Status);
    }

    [Fact]
    public async Task Delete_OfAnotherVersionIsRefused()
    {
        await using EventServer server = await EventServer.StartAsync();
        HttpAnswer made = await server.PostAsync("/v1/webhooks", Body);
        string path = "/v1/webhooks/" + made.Text("id");

        (await server.SendAsync(HttpMethod.Delete, path, headers: ("If-Match", "\"99\""))).AssertProblem(412, "version-mismatch");
        Assert.Equal(200, (await server.GetAsync(path)).Status);
        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, path, headers: ("If-Match", made.ETag!))).Status);
    }

    [Fact]
    public async Task Redeliver_ByAnotherVersionIsRefused()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync();
        HttpAnswer made = await stage.RegisterAsync();
        string path = $"/v1/webhooks/{made.Text("id")}/deliveries/dlv_1:redeliver";
        stage.Server.Log.Emit(Happenings.Many(1));
        await stage.FirstDeliveryAsync(made.Text("id"), "delivered", attempts: 1);

        (await stage.Server.SendAsync(HttpMethod.Post, path, headers: ("If-Match", "\"99\""))).AssertProblem(412, "version-mismatch");
        Assert.Equal(202, (await stage.Server.SendAsync(HttpMethod.Post, path, headers: ("If-Match", made.ETag!))).Status);
        await stage.FirstDeliveryAsync(made.Text("id"), "delivered", attempts: 2);
    }

    [Fact]
    public async Task Labels_AreKeptAndChanged()
    {
        await using EventServer server = await EventServer.StartAsync();
        HttpAnswer made = await server.PostAsync(
            "/v1/webhooks", """{"url":"https://hooks.example.com/in","externalId":"crm-7","metadata":{"team":"red"}}""");
        Assert.Equal("crm-7", made.Text("externalId"));
        string path = "/v1/webhooks/" + made.Text("id");
        await server.SendAsync(HttpMethod.Patch, path, body: """{"metadata":{"team":"blue"}}""");

        await server.RestartAsync();

        HttpAnswer kept = await server.GetAsync(path);
        Assert.Equal(("crm-7", "blue"), (kept.Text("externalId"), kept.Json.GetProperty("metadata").GetProperty("team").GetString()));
        string longText = new('x', 129);
        (await server.PostAsync("/v1/webhooks", $$"""{"url":"https://hooks.example.com/in","externalId":"{{longText}}"}""")).AssertProblem(400, "invalid", "/externalId");
        (await server.SendAsync(HttpMethod.Patch, path, body: """{"metadata":{"":"x"}}""")).AssertProblem(400, "invalid", "/metadata");
    }

    /// <summary>The process dies after the new secret was saved and before the answer that shows it was kept.</summary>
    [Fact]
    public async Task Rotate_GivesTheSameSecretWhenRepeatedAfterACrash()
    {
        await using EventServer server = await EventServer.StartAsync();
        HttpAnswer made = await server.PostAsync("/v1/webhooks", Body);
        string path = $"/v1/webhooks/{made.Text("id")}:rotate";
        HttpAnswer first = await server.SendAsync(HttpMethod.Post, path, headers: [("Idempotency-Key", "k1"), ("If-Match", made.ETag!)]);
        await server.Log.WriteAsync([new Hosting.Stores.SqlWrite("DELETE FROM api_answers")], TestContext.Current.CancellationToken);
        await server.RestartAsync();

        HttpAnswer again = await server.SendAsync(HttpMethod.Post, path, headers: [("Idempotency-Key", "k1"), ("If-Match", made.ETag!)]);
        HttpAnswer other = await server.SendAsync(HttpMethod.Post, path, headers: ("Idempotency-Key", "k2"));

        Assert.Equal((200, first.Text("secret")), (again.Status, again.Text("secret")));
        Assert.NotEqual(first.Text("secret"), other.Text("secret"));
    }

    [Fact]
    public async Task Deliveries_RefuseACursorWithAZeroCharacter()
    {
        await using EventServer server = await EventServer.StartAsync();
        string path = $"/v1/webhooks/{(await server.PostAsync("/v1/webhooks", Body)).Text("id")}/deliveries";
        string cursor = System.Buffers.Text.Base64Url.EncodeToString("dlv_1.\0"u8);

        (await server.GetAsync($"{path}?cursor={cursor}")).AssertProblem(400, "invalid-parameter", "cursor");
        (await server.PostAsync($"{path}/dlv_1.%20:redeliver")).AssertProblem(404, "not-found");
    }

    [Fact]
    public async Task Delete_Forgets()
    {
        await using EventServer server = await EventServer.StartAsync();
        string path = "/v1/webhooks/" + (await server.PostAsync("/v1/webhooks", Body)).Text("id");

        Assert.Equal(204, (await server.SendAsync(HttpMethod.Delete, path)).Status);

        (await server.GetAsync(path)).AssertProblem(404, "not-found");
        await server.RestartAsync();
        (await server.GetAsync(path)).AssertProblem(404, "not-found");
    }

    [Fact]
    public async Task Webhooks_SurviveARestart()
    {
        await using EventServer server = await EventServer.StartAsync();
        string path = "/v1/webhooks/" + (await server.PostAsync("/v1/webhooks", Body)).Text("id");
        string before = (await server.SendAsync(HttpMethod.Patch, path, body: """{"enabled":false}""")).Body;

        await server.RestartAsync();

        Assert.Equal(before, (await server.GetAsync(path)).Body);
    }

    [Fact]
    public async Task Redeliver_OfADisabledOneIsRefused()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync();
        string path = "/v1/webhooks/" + (await stage.RegisterAsync()).Text("id");
        stage.Server.Log.Emit(Happenings.Many(1));
        await stage.FirstDeliveryAsync(path.Split('/')[^1], "delivered", attempts: 1);
        await stage.Server.SendAsync(HttpMethod.Patch, path, body: """{"enabled":false}""");

        (await stage.Server.PostAsync(path + "/deliveries/dlv_1:redeliver")).AssertProblem(409, "wrong-state");
        (await stage.Server.PostAsync(path + "/deliveries/dlv_2:redeliver")).AssertProblem(404, "not-found");
    }

    [Fact]
    public async Task Deliveries_ComeInPagesAndByStatus()
    {
        await using WebhookStage stage = await WebhookStage.StartAsync();
        string id = (await stage.RegisterAsync()).Text("id");
        stage.Server.Log.Emit(Happenings.Many(5));
        await stage.DeliveriesAsync(id, rows => rows.Count(row => row.GetProperty("status").GetString() == "delivered") == 5, "five deliveries");

        HttpAnswer first = await stage.Server.GetAsync($"/v1/webhooks/{id}/deliveries?limit=3");
        HttpAnswer second = await stage.Server.GetAsync($"/v1/webhooks/{id}/deliveries?limit=3&cursor={first.NextCursor}");

        Assert.Equal(["dlv_5", "dlv_4", "dlv_3"], first.Ids);
        Assert.Equal(["dlv_2", "dlv_1"], second.Ids);
        Assert.Null(second.NextCursor);
        Assert.Empty((await stage.Server.GetAsync($"/v1/webhooks/{id}/deliveries?status=failed")).Ids);
        (await stage.Server.GetAsync($"/v1/webhooks/{id}/deliveries?status=x")).AssertProblem(400, "invalid-parameter", "status");
    }
}
