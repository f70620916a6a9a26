using System.Net;

namespace CrowdGrains.Api.Tests.Idempotency;

public sealed class SecretAnswerTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Theory]
    [InlineData("bearer ")]
    [InlineData("BEARER ")]
    [InlineData("Bearer   ")]
    public async Task Repeat_ShowsTheSecretAgainWhenTheHeaderIsSpeltOtherwise(string scheme)
    {
        const string body = """{"scope":"dispatch","name":"d"}""";
        (string, string) key = ("Idempotency-Key", Guid.NewGuid().ToString());
        Answered first = (await server.Admin.PostAsync("/v1/keys", body, key)).AssertStatus(HttpStatusCode.Created);

        Answered second = await server.With(null).PostAsync("/v1/keys", body, key, ("Authorization", scheme + ApiServer.AdminKey));

        second.AssertStatus(HttpStatusCode.Created);
        Assert.Equal(first.Text("secret"), second.Text("secret"));
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
    }
}
