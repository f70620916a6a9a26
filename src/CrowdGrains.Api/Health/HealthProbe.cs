namespace CrowdGrains.Api.Health;

/// <summary>Asks a server on this machine whether it is ready: for a container that has no other program to ask with.</summary>
public static class HealthProbe
{
    private const string Ready = "/healthz/ready";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Null when it is ready; otherwise why not, for people.</summary>
    /// <param name="urls">Where the server listens, as it was told: the first of several is asked, and any address stands for this machine's own.</param>
    public static async Task<string?> FindFaultAsync(string urls, CancellationToken cancellation)
    {
        string url = urls.Split(';')[0].Replace("//*", "//127.0.0.1", StringComparison.Ordinal).Replace("//+", "//127.0.0.1", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal).Replace("//[::]", "//[::1]", StringComparison.Ordinal);
        if (!Uri.TryCreate(url.TrimEnd('/') + Ready, UriKind.Absolute, out Uri? address))
        {
            return $"{urls} is no address.";
        }

        try
        {
            using HttpClient http = new() { Timeout = Patience };
            using HttpResponseMessage response = await http.GetAsync(address, cancellation).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? null : $"{address} answers {(int)response.StatusCode}.";
        }
        catch (HttpRequestException fault)
        {
            return $"{address}: {fault.Message}";
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"{address} does not answer.";
        }
    }
}
