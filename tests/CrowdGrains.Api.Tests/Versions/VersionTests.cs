using System.Net;

namespace CrowdGrains.Api.Tests.Versions;

public sealed class VersionTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Get_AnswersNotModifiedWhileItIsNot()
    {
        string id = Examples.NewId("r");
        await server.Admin.SubmitAsync(Examples.Request(id, 20, 20).With("window", new System.Text.Json.Nodes.JsonObject { ["notBefore"] = DateTimeOffset.UtcNow.AddDays(1).ToString("O") }));
        Answered first = await server.Admin.GetAsync($"/v1/requests/{id}");
        Assert.NotNull(first.ETag);

        Answered same = await server.Admin.GetAsync($"/v1/requests/{id}", ("If-None-Match", first.ETag));
        Assert.Equal(HttpStatusCode.NotModified, same.Status);
        Assert.Equal("", same.Body);
        Assert.Equal(first.ETag, same.ETag);

        await server.Admin.PostAsync($"/v1/requests/{id}:cancel");
        Answered changed = (await server.Admin.GetAsync($"/v1/requests/{id}", ("If-None-Match", first.ETag))).AssertStatus(HttpStatusCode.OK);
        Assert.NotEqual(first.ETag, changed.ETag);
    }

    [Fact]
    public async Task Get_ShowsANewPositionAsModified()
    {
        string id = Examples.NewId("h");
        await server.Admin.RegisterAsync(Examples.Helper(id, 20, 20));
        Answered first = await server.Admin.GetAsync($"/v1/helpers/{id}");
        (await server.Admin.GetAsync($"/v1/helpers/{id}", ("If-None-Match", first.ETag ?? ""))).AssertStatus(HttpStatusCode.NotModified);

        // The time of a position counts in milliseconds: the next one is another.
        while (DateTimeOffset.UtcNow <= DateTimeOffset.Parse(first.Text("seenAt"), System.Globalization.CultureInfo.InvariantCulture).AddMilliseconds(1))
        {
            await Task.Yield();
        }

        (await server.Admin.PutAsync($"/v1/helpers/{id}/position", """{"lat":20.001,"lng":20}""")).AssertStatus(HttpStatusCode.NoContent);

        Answered moved = (await server.Admin.GetAsync($"/v1/helpers/{id}", ("If-None-Match", first.ETag ?? ""))).AssertStatus(HttpStatusCode.OK);
        Assert.Equal(20.001, moved.Json.GetProperty("position").GetProperty("lat").GetDouble(), 6);

        // And yet a change made for the version before the move is good.
        (await server.Admin.PatchAsync($"/v1/helpers/{id}", """{"name":"Bea"}""", ("If-Match", first.ETag ?? ""))).AssertStatus(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Patch_IsRefusedWhenTheVersionIsGone()
    {
        string id = Examples.NewId("h");
        Answered made = await server.Admin.RegisterAsync(Examples.Helper(id, 20, 20));
        Answered changed = (await server.Admin.PatchAsync($"/v1/helpers/{id}", """{"name":"Bea"}""", ("If-Match", made.ETag ?? ""))).AssertStatus(HttpStatusCode.OK);
        Assert.Equal("Bea", changed.Text("name"));

        (await server.Admin.PatchAsync($"/v1/helpers/{id}", """{"name":"Cleo"}""", ("If-Match", made.ETag ?? ""))).AssertProblem(412, "version-mismatch");

        Assert.Equal("Bea", (await server.Admin.GetAsync($"/v1/helpers/{id}")).Text("name"));
    }

    [Theory]
    [InlineData("\"999\"")]
    [InlineData("\"nonsense\"")]
    [InlineData("W/\"1\"")]
    public async Task Command_IsRefusedWhenTheVersionIsAnother(string tag)
    {
        string helper = Examples.NewId("h");
        string request = Examples.NewId("r");
        await server.Admin.RegisterAsync(Examples.Helper(helper, 20, 20));
        await server.Admin.SubmitAsync(Examples.Request(request, 30, 30));

        (await server.Admin.PostAsync($"/v1/helpers/{helper}:offline", null, ("If-Match", tag))).AssertProblem(412, "version-mismatch");
        (await server.Admin.PostAsync($"/v1/requests/{request}:cancel", null, ("If-Match", tag))).AssertProblem(412, "version-mismatch");

        Assert.Equal("available", (await server.Admin.GetAsync($"/v1/helpers/{helper}")).Text("presence"));
        (await server.Admin.PostAsync($"/v1/helpers/{helper}:offline", null, ("If-Match", "*"))).AssertStatus(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Patch_ChangesWhatItNamesAndNothingElse()
    {
        string id = Examples.NewId("h");
        await server.Admin.RegisterAsync(Examples.Helper(id, 20, 20).With("externalId", "crm-7").With("metadata", new System.Text.Json.Nodes.JsonObject { ["team"] = "red" }));

        Answered patched = (await server.Admin.PatchAsync($"/v1/helpers/{id}", """{"radiusMeters":500,"metadata":{"team":"blue"}}""")).AssertStatus(HttpStatusCode.OK);

        Assert.Equal(500, patched.Json.GetProperty("radiusMeters").GetInt32());
        Assert.Equal("blue", patched.Json.GetProperty("metadata").GetProperty("team").GetString());
        Assert.Equal("Ada", patched.Text("name"));
        Assert.Equal("friend", patched.Text("tier"));
        Assert.Equal("crm-7", patched.Text("externalId"));
        Assert.Equal(3, patched.Json.GetProperty("skills")[0].GetProperty("level").GetInt32());
        Assert.Equal("de", patched.Json.GetProperty("languages")[0].GetString());
    }

    [Theory]
    [InlineData("""{"radiusMeters":1}""", "/radiusMeters")]
    [InlineData("""{"skills":[]}""", "/skills")]
    [InlineData("""{"id":"other"}""", "/id")]
    [InlineData("""{"partnerId":"p2"}""", "/partnerId")]
    public async Task Patch_RefusesAndNamesTheField(string patch, string field)
    {
        string id = Examples.NewId("h");
        await server.Admin.RegisterAsync(Examples.Helper(id, 20, 20));

        (await server.Admin.PatchAsync($"/v1/helpers/{id}", patch)).AssertProblem(400, "invalid").AssertField(field);
    }

    [Fact]
    public async Task PatchesAtOnce_AllHold()
    {
        string id = Examples.NewId("h");
        await server.Admin.RegisterAsync(Examples.Helper(id, 20, 20));

        Answered[] answers = await Task.WhenAll(
            server.Admin.PatchAsync($"/v1/helpers/{id}", """{"name":"Bea"}"""),
            server.Admin.PatchAsync($"/v1/helpers/{id}", """{"radiusMeters":500}"""),
            server.Admin.PatchAsync($"/v1/helpers/{id}", """{"externalId":"x"}"""));

        Assert.All(answers, answer => answer.AssertStatus(HttpStatusCode.OK));
        Answered helper = await server.Admin.GetAsync($"/v1/helpers/{id}");
        Assert.Equal(("Bea", 500, "x"), (helper.Text("name"), helper.Json.GetProperty("radiusMeters").GetInt32(), helper.Text("externalId")));
    }
}
