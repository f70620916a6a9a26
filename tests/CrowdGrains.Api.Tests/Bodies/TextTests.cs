using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace CrowdGrains.Api.Tests.Bodies;

/// <summary>Escapes that stand for no text, half of a surrogate pair which no encoding can carry on, and names that look like paths.</summary>
public sealed class TextTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Theory]
    [InlineData("""{"name":"\ud800","externalId":"\u0000"}""", "/name")]
    [InlineData("""{"externalId":"\u0000","name":"\ud800"}""", "/externalId")]
    [InlineData("""{"tier":"x","\ud800":1}""", "")]
    [InlineData("""{"\uDC00":1}""", "")]
    [InlineData("""{"metadata":{"\ud83d":"1"}}""", "/metadata")]
    [InlineData("""{"metadata":{"k":"\uDE00\uD83D"}}""", "/metadata/k")]
    [InlineData("""{"skills":[{"name":"\udfff","level":3}]}""", "/skills/0/name")]
    [InlineData("""{"tier":"\ud800"}""", "/tier")]
    [InlineData("""{"position":"\ud800"}""", "/position")]
    public async Task HalfACharacter_IsRefusedAndNamed(string body, string field) =>
        (await server.Admin.PostAsync("/v1/helpers", body)).AssertProblem(400, "invalid").AssertField(field);

    [Theory]
    [InlineData("]")]
    [InlineData("']")]
    [InlineData("['")]
    [InlineData("a.b")]
    [InlineData("$")]
    public async Task UnknownField_IsNamedWhateverItIsCalled(string name) =>
        (await server.Admin.PostAsync("/v1/helpers", $$"""{"{{name}}":1}""")).AssertProblem(400, "invalid").AssertField("/" + name);

    [Fact]
    public async Task HalfACharacter_IsRefusedInTimes() =>
        (await server.Admin.PutAsync("/v1/helpers/h1/position", """{"lat":1,"lng":1,"at":"\ud800"}""")).AssertProblem(400, "invalid").AssertField("/at");

    [Theory]
    [InlineData("\"name\":\"a\\u0000\\u00ff\u00ff\"", "/name")]
    [InlineData("\"tier\":\"\\u0041\u00ff\"", "/tier")]
    [InlineData("\"\\u0041\u00ff\":1", "")]
    public async Task BytesThatAreNotUtf8_AreRefused(string field, string place)
    {
        ByteArrayContent content = new(Encoding.Latin1.GetBytes($"{{{field}}}"));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        Answered answer = await server.Admin.SendAsync(HttpMethod.Post, "/v1/helpers", content);

        Assert.True(answer.Status == HttpStatusCode.BadRequest, answer.Body);
        Assert.StartsWith(place, answer.Json.GetProperty("errors")[0].GetProperty("field").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WholeCharacters_AreTakenHoweverTheyAreWritten()
    {
        string id = Examples.NewId("h");
        string body = Examples.Helper(id).ToJsonString().Replace("\"Ada\"", "\"\\ud83d\\ude00 A\"", StringComparison.Ordinal);

        Answered made = (await server.Admin.PostAsync("/v1/helpers", body)).AssertStatus(HttpStatusCode.Created);

        Assert.Equal("\U0001F600 A", made.Text("name"));
    }
}
