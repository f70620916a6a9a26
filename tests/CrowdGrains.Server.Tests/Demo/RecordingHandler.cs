using System.Net;
using System.Text;
using CrowdGrains.Client;

namespace CrowdGrains.Server.Tests.Demo;

/// <summary>Keeps what a client sends, and refuses it with a code, or answers positions.</summary>
internal sealed class RecordingHandler(string code = "wrong-state") : HttpMessageHandler
{
    public List<(string Line, string Body)> Sent { get; } = [];

    /// <summary>Calls are answered when this is done.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public CrowdGrainsClient Connect() => new(new HttpClient(this) { BaseAddress = new Uri("http://localhost/") }, "key");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (Sent)
        {
            Sent.Add(($"{request.Method} {request.RequestUri?.AbsolutePath}", body));
        }

        await Gate.WaitAsync(cancellationToken);
        if (request.RequestUri?.AbsolutePath == "/v1/positions")
        {
            return Answer(HttpStatusCode.OK, "application/json", $$"""{"accepted":{{body.Count(c => c == '\n')}},"rejected":0,"errors":[]}""");
        }

        return Answer(HttpStatusCode.Conflict, "application/problem+json", $$"""{"type":"t","title":"t","status":409,"code":"{{code}}"}""");
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string type, string body) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, type) };
}
