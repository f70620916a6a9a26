using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CrowdGrains.Fuzzer.Stages;

/// <summary>Sound calls, for what a run needs besides its requests.</summary>
internal sealed class StaffClient(Uri server) : IDisposable
{
    private const int Attempts = 10;

    private readonly HttpClient _http = new() { BaseAddress = server, Timeout = TimeSpan.FromSeconds(30) };

    /// <exception cref="InvalidOperationException">It was refused, and not for want of room.</exception>
    public async Task<JsonElement> SendAsync(string method, string path, string? secret, string? body, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            using HttpRequestMessage request = new(new HttpMethod(method), path);
            request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            request.Headers.Authorization = secret is null ? null : new AuthenticationHeaderValue("Bearer", secret);
            using HttpResponseMessage response = await _http.SendAsync(request, cancellation).ConfigureAwait(false);
            string text = await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
            }

            if (response.Headers.RetryAfter?.Delta is not { } pause || attempt == Attempts)
            {
                throw new InvalidOperationException($"{method} {path} was answered {(int)response.StatusCode}: {text}");
            }

            await Task.Delay(pause, cancellation).ConfigureAwait(false);
        }
    }

    public Task<string> ReadAsync(string path, CancellationToken cancellation) => _http.GetStringAsync(new Uri(path, UriKind.Relative), cancellation);

    public void Dispose() => _http.Dispose();
}
