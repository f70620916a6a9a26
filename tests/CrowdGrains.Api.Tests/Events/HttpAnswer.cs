using System.Text.Json;

namespace CrowdGrains.Api.Tests.Events;

/// <summary>An answer, read whole.</summary>
internal sealed record HttpAnswer(int Status, string Body, string? ETag, TimeSpan? RetryAfter)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Text(string name) => Json.GetProperty(name).GetString() ?? "";

    /// <summary>The ids of a page's items.</summary>
    public string[] Ids => [.. Json.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("id").GetString() ?? "")];

    public string? NextCursor => Json.GetProperty("nextCursor").GetString();

    public void AssertProblem(int status, string code, string? field = null)
    {
        Assert.True(Status == status, $"{Status} instead of {status}: {Body}");
        Assert.Equal(code, Text("code"));
        if (field is not null)
        {
            Assert.Equal(field, Assert.Single(Json.GetProperty("errors").EnumerateArray().ToArray()).GetProperty("field").GetString());
        }
    }
}
