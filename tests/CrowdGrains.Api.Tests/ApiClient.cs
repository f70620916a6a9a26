using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CrowdGrains.Api.Tests;

/// <summary>Raw HTTP with a key: what a client without our library does.</summary>
public sealed class ApiClient(HttpClient http, string? key)
{
    public Task<Answered> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, default(string), headers);

    public Task<Answered> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Delete, path, default(string), headers);

    public Task<Answered> PostAsync(string path, string? body = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, body, headers);

    public Task<Answered> PatchAsync(string path, string? body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Patch, path, body, headers);

    public Task<Answered> PutAsync(string path, string? body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Put, path, body, headers);

    public Task<Answered> SendAsync(HttpMethod method, string path, string? body, params (string Name, string Value)[] headers) =>
        SendAsync(method, path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"), headers);

    public async Task<Answered> SendAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answered(response.StatusCode, response.Headers, response.Content.Headers, text);
    }
}

/// <summary>An answer, read whole.</summary>
public sealed record Answered(HttpStatusCode Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? ETag => Headers.ETag?.ToString();

    public string Text(string name) => Json.GetProperty(name).GetString() ?? "";

    public string Header(string name) => Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(",", values) : "";

    /// <summary>Asserts that it is a problem of this status and code, in full.</summary>
    public Answered AssertProblem(int status, string code)
    {
        Assert.True((int)Status == status, $"{(int)Status} instead of {status}: {Body}");
        Assert.Equal("application/problem+json", ContentHeaders.ContentType?.MediaType);
        Assert.Equal(code, Text("code"));
        Assert.Equal($"https://crowdgrains.dev/problems/{code}", Text("type"));
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.NotEmpty(Text("title"));
        Assert.NotEmpty(Text("traceId"));
        Assert.Equal(JsonValueKind.Array, Json.GetProperty("errors").ValueKind);
        return this;
    }

    /// <summary>Asserts that the problem names this one field.</summary>
    public Answered AssertField(string field)
    {
        JsonElement error = Assert.Single(Json.GetProperty("errors").EnumerateArray().ToArray());
        Assert.Equal(field, error.GetProperty("field").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString() ?? "");
        return this;
    }

    public Answered AssertStatus(HttpStatusCode status)
    {
        Assert.True(Status == status, $"{(int)Status} instead of {(int)status}: {Body}");
        return this;
    }
}
