using System.Net;
using System.Text;
using System.Text.Json;
using CrowdGrains.Api.Keys;

namespace CrowdGrains.Api.Tests.Keys;

public sealed class KeyTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("an-admin-key-of-the-test")]
    [InlineData("an-admin-key-of-the-tests2")]
    public async Task Call_IsUnauthorizedWithoutAValidKey(string? key)
    {
        Answered answer = (await server.With(key).GetAsync("/v1/helpers/h1")).AssertProblem(401, "unauthorized");

        Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
    }

    [Theory]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("Bearer")]
    [InlineData(ApiServer.AdminKey)]
    public async Task Call_IsUnauthorizedWithAnotherScheme(string authorization) =>
        (await server.With(null).GetAsync("/v1/helpers/h1", ("Authorization", authorization))).AssertProblem(401, "unauthorized");

    [Fact]
    public async Task Create_ShowsTheSecretOnceAndItWorks()
    {
        Answered made = (await server.Admin.PostAsync("/v1/keys", """{"scope":"dispatch","name":"front desk"}""")).AssertStatus(HttpStatusCode.Created);

        Assert.Equal("dispatch", made.Text("scope"));
        Assert.Equal("front desk", made.Text("name"));
        Assert.Equal($"/v1/keys/{made.Text("id")}", made.Headers.Location?.ToString());
        (await server.With(made.Text("secret")).GetAsync("/v1/helpers/nobody")).AssertProblem(404, "not-found");
        Answered listed = await server.Admin.GetAsync("/v1/keys?limit=200");
        JsonElement key = listed.Json.GetProperty("data").EnumerateArray().Single(key => key.GetProperty("id").GetString() == made.Text("id"));
        Assert.Equal(JsonValueKind.Null, key.GetProperty("secret").ValueKind);
        Assert.DoesNotContain(made.Text("secret"), listed.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoke_EndsTheKeyAtOnce()
    {
        Answered made = await server.Admin.PostAsync("/v1/keys", """{"scope":"dispatch"}""");
        ApiClient client = server.With(made.Text("secret"));
        (await client.GetAsync("/v1/helpers/nobody")).AssertStatus(HttpStatusCode.NotFound);

        (await server.Admin.DeleteAsync($"/v1/keys/{made.Text("id")}")).AssertStatus(HttpStatusCode.NoContent);

        (await client.GetAsync("/v1/helpers/nobody")).AssertProblem(401, "unauthorized");
        (await server.Admin.DeleteAsync($"/v1/keys/{made.Text("id")}")).AssertProblem(404, "not-found");
    }

    [Fact]
    public async Task Keys_SurviveARestartAndRevokedOnesStayRevoked()
    {
        await using ApiServer own = new();
        await own.InitializeAsync();
        string kept = (await own.Admin.PostAsync("/v1/keys", """{"scope":"dispatch"}""")).Text("secret");
        Answered revoked = await own.Admin.PostAsync("/v1/keys", """{"scope":"dispatch"}""");
        await own.Admin.DeleteAsync($"/v1/keys/{revoked.Text("id")}");

        await own.RestartAsync();

        (await own.With(kept).GetAsync("/v1/helpers/nobody")).AssertProblem(404, "not-found");
        (await own.With(revoked.Text("secret")).GetAsync("/v1/helpers/nobody")).AssertProblem(401, "unauthorized");
        (await own.Admin.GetAsync("/v1/keys")).AssertStatus(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Store_HoldsNoSecret()
    {
        await using ApiServer own = new();
        await own.InitializeAsync();
        string secret = (await own.Admin.PostAsync("/v1/keys", """{"scope":"dispatch"}""", ("Idempotency-Key", "make-it"))).Text("secret");
        string again = (await own.Admin.PostAsync("/v1/keys", """{"scope":"dispatch"}""", ("Idempotency-Key", "make-it"))).Text("secret");
        Assert.Equal(secret, again);

        await own.RestartAsync();

        Assert.Equal(secret, (await own.Admin.PostAsync("/v1/keys", """{"scope":"dispatch"}""", ("Idempotency-Key", "make-it"))).Text("secret"));
        foreach (string file in Directory.EnumerateFiles(own.DataFolder, "*.db*"))
        {
            byte[] bytes = await ReadSharedAsync(file);
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{file} holds the secret");
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(ApiServer.AdminKey)) < 0, $"{file} holds the admin's secret");
        }
    }

    [Fact]
    public async Task Revoke_IsRefusedForTheLastAdminKey()
    {
        await using ApiServer own = new();
        await own.InitializeAsync();
        string id = (await own.Admin.GetAsync("/v1/keys")).Json.GetProperty("data")[0].GetProperty("id").GetString() ?? "";

        (await own.Admin.DeleteAsync($"/v1/keys/{id}")).AssertProblem(409, "wrong-state");

        (await own.Admin.GetAsync("/v1/keys")).AssertStatus(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Revoke_LeavesAnAdminWhenTwoRevokeEachOther()
    {
        await using ApiServer own = new();
        await own.InitializeAsync();
        string first = (await own.Admin.GetAsync("/v1/keys")).Json.GetProperty("data")[0].GetProperty("id").GetString() ?? "";
        (string Id, ApiClient Client) left = (first, own.Admin);
        for (int round = 0; round < 8; round++)
        {
            Answered made = await left.Client.PostAsync("/v1/keys", """{"scope":"admin"}""");
            (string Id, ApiClient Client) other = (made.Text("id"), own.With(made.Text("secret")));

            Answered[] answers = await Task.WhenAll(left.Client.DeleteAsync($"/v1/keys/{other.Id}"), other.Client.DeleteAsync($"/v1/keys/{left.Id}"));

            Assert.Single(answers, answer => answer.Status == HttpStatusCode.NoContent);
            left = answers[0].Status == HttpStatusCode.NoContent ? left : other;
            (await left.Client.GetAsync("/v1/keys")).AssertStatus(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Revoke_IsRefusedForAnotherVersion()
    {
        Answered made = await server.Admin.PostAsync("/v1/keys", """{"scope":"dispatch"}""");

        (await server.Admin.DeleteAsync($"/v1/keys/{made.Text("id")}", ("If-Match", "\"99\""))).AssertProblem(412, "version-mismatch");
        (await server.Admin.DeleteAsync($"/v1/keys/{made.Text("id")}", ("If-Match", made.ETag ?? ""))).AssertStatus(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task OpenAsync_PutsTheConfiguredSecretInPlaceOfTheEarlierOne()
    {
        await using ApiServer own = new();
        await own.InitializeAsync();
        own.AdminSecret = "another-admin-key-of-the-tests";
        await own.RestartAsync();

        (await own.Admin.GetAsync("/v1/keys")).AssertProblem(401, "unauthorized");
        ApiClient admin = own.With(own.AdminSecret);
        Answered made = await admin.PostAsync("/v1/keys", """{"scope":"admin","name":"by hand"}""");
        own.AdminSecret = made.Text("secret");
        await own.RestartAsync();

        (await own.With("another-admin-key-of-the-tests").GetAsync("/v1/keys")).AssertProblem(401, "unauthorized");
        JsonElement keys = (await own.With(own.AdminSecret).GetAsync("/v1/keys")).AssertStatus(HttpStatusCode.OK).Json.GetProperty("data");
        Assert.Equal(made.Text("id"), Assert.Single(keys.EnumerateArray().ToArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Create_KeepsLabels()
    {
        await using ApiServer own = new();
        await own.InitializeAsync();
        Answered made = await own.Admin.PostAsync("/v1/keys", """{"scope":"dispatch","externalId":"crm-7","metadata":{"team":"red"}}""");
        Assert.Equal("crm-7", made.AssertStatus(HttpStatusCode.Created).Text("externalId"));

        await own.RestartAsync();

        JsonElement key = (await own.Admin.GetAsync("/v1/keys")).Json.GetProperty("data").EnumerateArray().Single(key => key.GetProperty("id").GetString() == made.Text("id"));
        Assert.Equal(("crm-7", "red"), (key.GetProperty("externalId").GetString(), key.GetProperty("metadata").GetProperty("team").GetString()));
    }

    [Theory]
    [InlineData("""{"scope":"dispatch","externalId":"LONG"}""", "/externalId")]
    [InlineData("""{"scope":"dispatch","metadata":{"team":"LONGLONGLONGLONG"}}""", "/metadata/team")]
    public async Task Create_NamesTheBadLabel(string body, string field) =>
        (await server.Admin.PostAsync("/v1/keys", body.Replace("LONG", new string('x', 129), StringComparison.Ordinal))).AssertProblem(400, "invalid").AssertField(field);

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"scope":null}""")]
    [InlineData("""{"scope":"root"}""")]
    [InlineData("""{"scope":"Admin"}""")]
    [InlineData("""{"scope":"helper"}""")]
    [InlineData("""{"scope":"helper:"}""")]
    [InlineData("""{"scope":"partner:a b"}""")]
    public async Task Create_RefusesUnknownScopes(string body) =>
        (await server.Admin.PostAsync("/v1/keys", body)).AssertProblem(400, "invalid").AssertField("/scope");

    [Fact]
    public async Task List_PagesThroughAllKeysOnce()
    {
        await using ApiServer own = new();
        await own.InitializeAsync();
        for (int i = 0; i < 6; i++)
        {
            await own.WithScopeAsync("dispatch");
        }

        List<string> ids = [];
        string? cursor = null;
        do
        {
            Answered page = (await own.Admin.GetAsync($"/v1/keys?limit=3{(cursor is null ? "" : $"&cursor={cursor}")}")).AssertStatus(HttpStatusCode.OK);
            ids.AddRange(page.Json.GetProperty("data").EnumerateArray().Select(key => key.GetProperty("id").GetString() ?? ""));
            cursor = page.Json.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);

        Assert.Equal(7, ids.Count);
        Assert.Equal(7, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("cursor=!!!", "cursor")]
    public async Task List_RefusesBadParametersByName(string query, string name) =>
        (await server.Admin.GetAsync($"/v1/keys?{query}")).AssertProblem(400, "invalid-parameter").AssertField(name);

    [Fact]
    public async Task OpenAsync_MakesTheFirstKeyOnlyOnce()
    {
        await using ApiServer own = new() { AdminSecret = null };
        await own.InitializeAsync();
        string? first = own.FirstSecret;
        Assert.NotNull(first);
        (await own.With(first).GetAsync("/v1/keys")).AssertStatus(HttpStatusCode.OK);

        await own.RestartAsync();

        Assert.Null(own.FirstSecret);
        (await own.With(first).GetAsync("/v1/keys")).AssertStatus(HttpStatusCode.OK);
    }

    [Fact]
    public async Task OpenAsync_RefusesAShortSecret() =>
        await Assert.ThrowsAsync<ArgumentException>(() => KeyRing.OpenAsync(server.Engine, server.Store, "short", TestContext.Current.CancellationToken));

    private static async Task<byte[]> ReadSharedAsync(string file)
    {
        await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using MemoryStream bytes = new();
        await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }
}
