using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace CrowdGrains.Api.Tests.Problems;

public sealed class ProblemTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task UnknownPath_IsAProblem() => (await server.Admin.GetAsync("/v1/nothing")).AssertProblem(404, "not-found");

    [Theory]
    [InlineData("POST", "/v1/helpers/h1:fly")]
    [InlineData("GET", "/nothing/at/all")]
    [InlineData("GET", "/")]
    public async Task UnknownVerb_IsAProblem(string method, string path) =>
        (await server.Admin.SendAsync(new HttpMethod(method), path, default(string))).AssertProblem(404, "not-found");

    [Theory]
    [InlineData("DELETE", "/v1/helpers", "GET, POST")]
    [InlineData("PUT", "/v1/requests", "GET, POST")]
    [InlineData("GET", "/v1/positions", "POST")]
    public async Task WrongMethod_IsAProblemThatNamesTheRightOnes(string method, string path, string allowed)
    {
        Answered answer = (await server.Admin.SendAsync(new HttpMethod(method), path, default(string))).AssertProblem(405, "method-not-allowed");

        Assert.Equal(allowed, string.Join(", ", answer.ContentHeaders.Allow.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task WrongMediaType_IsAProblem(string mediaType)
    {
        ByteArrayContent content = new("{}"u8.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);

        (await server.Admin.SendAsync(HttpMethod.Post, "/v1/helpers", content)).AssertProblem(415, "unsupported-media-type");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/Merge-Patch+JSON")]
    public async Task JsonMediaTypes_AreRead(string mediaType)
    {
        ByteArrayContent content = new(Encoding.UTF8.GetBytes(Examples.Helper(Examples.NewId("h")).ToJsonString()));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);

        (await server.Admin.SendAsync(HttpMethod.Post, "/v1/helpers", content)).AssertStatus(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("{", "")]
    [InlineData("nonsense", "")]
    [InlineData("""{"name":"Ada",}""", "")]
    [InlineData("""{"name":"Ada"} {}""", "")]
    [InlineData("""{"name":'Ada'}""", "/name")]
    [InlineData("""{"position":{"lat":NaN,"lng":1}}""", "/position/lat")]
    [InlineData("""{"position":{"lat":1,"lng":Infinity}}""", "/position/lng")]
    [InlineData("""{"radiusMeters":007}""", "/radiusMeters")]
    public async Task BrokenJson_IsAProblemThatSaysWhere(string body, string field)
    {
        Answered answer = (await server.Admin.PostAsync("/v1/helpers", body)).AssertProblem(400, "invalid-json");

        if (body.Length > 0)
        {
            answer.AssertField(field);
        }
    }

    [Theory]
    [InlineData("null", "")]
    [InlineData("[]", "")]
    [InlineData("5", "")]
    [InlineData("""{"nickname":"A"}""", "/nickname")]
    [InlineData("""{"Name":"A"}""", "/Name")]
    [InlineData("""{"name":5}""", "/name")]
    [InlineData("""{"tier":"boss"}""", "/tier")]
    [InlineData("""{"tier":"Friend"}""", "/tier")]
    [InlineData("""{"tier":0}""", "/tier")]
    [InlineData("""{"tier":"0"}""", "/tier")]
    [InlineData("""{"tier":"friend,pro"}""", "/tier")]
    [InlineData("""{"radiusMeters":"8000"}""", "/radiusMeters")]
    [InlineData("""{"radiusMeters":80.5}""", "/radiusMeters")]
    [InlineData("""{"radiusMeters":99999999999}""", "/radiusMeters")]
    [InlineData("""{"radiusMeters":1e400}""", "/radiusMeters")]
    [InlineData("""{"name":"A","name":"B"}""", "/name")]
    [InlineData("""{"metadata":{"a":"1","a":"2"}}""", "/metadata/a")]
    [InlineData("""{"metadata":{"a/b.c":1}}""", "/metadata/a~1b.c")]
    [InlineData("""{"skills":[{"name":"router","level":"3"}]}""", "/skills/0/level")]
    [InlineData("""{"skills":[{"name":"router","level":3},{"title":"x"}]}""", "/skills/1/title")]
    [InlineData("""{"skills":{}}""", "/skills")]
    [InlineData("""{"position":{"lat":40.75}}""", "/position/lng")]
    [InlineData("""{"position":{"lat":null,"lng":1}}""", "/position/lat")]
    [InlineData("""{"position":[1,2]}""", "/position")]
    [InlineData("""{"name":"\ud800"}""", "/name")]
    [InlineData("""{"name":"a\u0000b"}""", "/name")]
    [InlineData("""{"metadata":{"k":"\u0000"}}""", "/metadata/k")]
    public async Task WrongField_IsNamed(string body, string field) =>
        (await server.Admin.PostAsync("/v1/helpers", body)).AssertProblem(400, "invalid").AssertField(field);

    /// <summary>One change to a good helper, and the field that is then at fault.</summary>
    public static TheoryData<string, string?, string> HelperFaults => new()
    {
        { "id", "\"a b\"", "/id" },
        { "id", "\"\"", "/id" },
        { "id", $"\"{new string('x', 65)}\"", "/id" },
        { "name", null, "/name" },
        { "name", "\"\"", "/name" },
        { "name", $"\"{new string('x', 201)}\"", "/name" },
        { "tier", null, "/tier" },
        { "skills", null, "/skills" },
        { "skills", "[]", "/skills" },
        { "skills", "[null]", "/skills/0" },
        { "skills", "[{\"name\":\"router\"}]", "/skills/0/level" },
        { "skills", "[{\"level\":3}]", "/skills/0/name" },
        { "skills", "[{\"name\":\"router\",\"level\":6}]", "/skills/0/level" },
        { "skills", "[{\"name\":\"router\",\"level\":1},{\"name\":\"router\",\"level\":2}]", "/skills/1/name" },
        { "skills", "[{\"name\":\"router\",\"level\":3,\"certified\":true}]", "/skills/0/certified" },
        { "skills", "[{\"name\":\"router\",\"level\":3,\"certifiedUntil\":\"0001-01-01T00:00:00Z\"}]", "/skills/0/certifiedUntil" },
        { "languages", "[null]", "/languages/0" },
        { "languages", "[\"\"]", "/languages/0" },
        { "radiusMeters", null, "/radiusMeters" },
        { "radiusMeters", "99", "/radiusMeters" },
        { "capacity", "0", "/capacity" },
        { "capacity", "101", "/capacity" },
        { "partnerId", "\"p 1\"", "/partnerId" },
        { "position", "{\"lat\":90.1,\"lng\":0}", "/position/lat" },
        { "position", "{\"lat\":1e400,\"lng\":0}", "/position/lat" },
        { "position", "{\"lat\":0,\"lng\":-181}", "/position/lng" },
        { "externalId", $"\"{new string('x', 129)}\"", "/externalId" },
        { "metadata", "{\"a\":null}", "/metadata/a" },
        { "metadata", "{\"\":\"x\"}", "/metadata" },
        { "metadata", $"{{\"a\":\"{new string('x', 513)}\"}}", "/metadata/a" },
        { "metadata", $"{{{string.Join(',', Enumerable.Range(0, 17).Select(i => $"\"k{i}\":\"\""))}}}", "/metadata" },
    };

    [Theory]
    [MemberData(nameof(HelperFaults))]
    public async Task BadHelper_IsRefusedWholeAndNamesTheField(string name, string? value, string field)
    {
        string id = Examples.NewId("h");
        JsonObject body = Examples.Helper(id);
        body[name] = value is null ? null : JsonNode.Parse(value);

        (await server.Admin.PostAsync("/v1/helpers", body.ToJsonString())).AssertProblem(400, "invalid").AssertField(field);

        (await server.Admin.GetAsync($"/v1/helpers/{id}")).AssertProblem(404, "not-found");
    }

    public static TheoryData<string, string?, string> RequestFaults => new()
    {
        { "id", "\"a/b\"", "/id" },
        { "customerId", null, "/customerId" },
        { "customerId", "\"a b\"", "/customerId" },
        { "problem", null, "/problem" },
        { "problem", "\"unheard-of\"", "/problem" },
        { "position", null, "/position" },
        { "position", "{\"lat\":1,\"lng\":200}", "/position/lng" },
        { "severity", "\"extreme\"", "/severity" },
        { "skills", "[{\"name\":\"router\",\"level\":0}]", "/skills/0/level" },
        { "skills", "[{\"name\":\"router\",\"level\":1,\"certifiedUntil\":\"2030-01-01T00:00:00Z\"}]", "/skills/0/certifiedUntil" },
        { "languages", "[\"\"]", "/languages/0" },
        { "window", "{\"deadline\":\"2001-01-01T00:00:00Z\"}", "/window/deadline" },
        { "window", "{\"deadline\":\"tomorrow\"}", "/window/deadline" },
        { "window", "{\"notBefore\":\"9999-12-31T23:59:59Z\"}", "/window/notBefore" },
        { "preferredHelperId", "\"\"", "/preferredHelperId" },
        { "channel", $"\"{new string('x', 33)}\"", "/channel" },
        { "description", $"\"{new string('x', 2001)}\"", "/description" },
    };

    [Theory]
    [MemberData(nameof(RequestFaults))]
    public async Task BadRequest_IsRefusedWholeAndNamesTheField(string name, string? value, string field)
    {
        string id = Examples.NewId("r");
        JsonObject body = Examples.Request(id);
        body[name] = value is null ? null : JsonNode.Parse(value);

        (await server.Admin.PostAsync("/v1/requests", body.ToJsonString())).AssertProblem(400, "invalid").AssertField(field);

        (await server.Admin.GetAsync($"/v1/requests/{id}")).AssertProblem(404, "not-found");
    }

    [Theory]
    [InlineData("rate", """{"resolved":true}""", "/stars")]
    [InlineData("rate", """{"stars":5}""", "/resolved")]
    [InlineData("rate", """{"stars":6,"resolved":true}""", "/stars")]
    [InlineData("complete", """{}""", "/resolved")]
    [InlineData("cancel", """{"why":"x"}""", "/why")]
    public async Task BadVerbBody_NamesTheField(string verb, string body, string field)
    {
        string id = Examples.NewId("r");
        await server.Admin.SubmitAsync(Examples.Request(id, 10, 10));

        (await server.Admin.PostAsync($"/v1/requests/{id}:{verb}", body)).AssertProblem(400, "invalid").AssertField(field);
    }

    [Fact]
    public async Task LongReason_IsRefused()
    {
        string id = Examples.NewId("r");
        await server.Admin.SubmitAsync(Examples.Request(id, 10, 10));

        (await server.Admin.PostAsync($"/v1/requests/{id}:cancel", $$"""{"reason":"{{new string('x', 201)}}"}""")).AssertProblem(400, "invalid").AssertField("/reason");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(86_401)]
    public async Task Decline_RefusesPausesOutOfRange(int seconds) =>
        (await server.Admin.PostAsync("/v1/offers/any:decline", $$"""{"reason":"busy","retryAfterSeconds":{{seconds}}}""")).AssertProblem(400, "invalid").AssertField("/retryAfterSeconds");

    [Theory]
    [InlineData("/v1/helpers/nobody")]
    [InlineData("/v1/helpers/a%20b")]
    [InlineData("/v1/requests/nobody")]
    public async Task UnknownId_IsNotFound(string path) => (await server.Admin.GetAsync(path)).AssertProblem(404, "not-found");

    [Theory]
    [InlineData("/v1/helpers")]
    [InlineData("/v1/requests")]
    public async Task TakenId_AlreadyExists(string path)
    {
        string id = Examples.NewId("x");
        string body = (path == "/v1/helpers" ? Examples.Helper(id) : Examples.Request(id, 11, 11)).ToJsonString();
        (await server.Admin.PostAsync(path, body)).AssertStatus(HttpStatusCode.Created);

        (await server.Admin.PostAsync(path, body)).AssertProblem(409, "already-exists");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LargeBody_IsTooLarge(bool isChunked)
    {
        HttpContent content = isChunked ? new StreamContent(new Unsized(70_000)) : new ByteArrayContent(new byte[70_000]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        Answered answer = (await server.Admin.SendAsync(HttpMethod.Post, "/v1/helpers", content)).AssertProblem(413, "body-too-large");
        Assert.True(answer.Headers.ConnectionClose);
    }

    [Fact]
    public async Task DeepBody_IsRefused()
    {
        string body = $$"""{"name":{{new string('[', 40)}}{{new string(']', 40)}}}""";

        Answered answer = await server.Admin.PostAsync("/v1/helpers", body);

        answer.AssertStatus(HttpStatusCode.BadRequest);
        answer.AssertProblem(400, answer.Text("code")).AssertField("/name");
    }

    [Fact]
    public async Task TornBody_DoesNoHarm()
    {
        using TcpClient tcp = new();
        await tcp.ConnectAsync(IPAddress.Loopback, server.Http.BaseAddress!.Port, TestContext.Current.CancellationToken);
        string id = Examples.NewId("h");
        await tcp.GetStream().WriteAsync(
            Encoding.UTF8.GetBytes($"POST /v1/helpers HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {ApiServer.AdminKey}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{{\"id\":\"{id}\""),
            TestContext.Current.CancellationToken);
        tcp.Close();

        (await server.Admin.GetAsync($"/v1/helpers/{id}")).AssertProblem(404, "not-found");
        Assert.DoesNotContain(server.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_CarrySecurityHeaders()
    {
        foreach (string path in (string[])["/v1/keys", "/v1/nothing", "/v1/helpers/nobody"])
        {
            Answered answer = await server.Admin.GetAsync(path);

            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.Equal("no-store", answer.Header("Cache-Control"));
            Assert.Equal("", answer.Header("Server"));
        }
    }

    /// <summary>A stream that does not say how long it is, so that the body is sent in chunks.</summary>
    private sealed class Unsized(int length) : MemoryStream(new byte[length])
    {
        public override bool CanSeek => false;
    }
}
