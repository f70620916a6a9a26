using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CrowdGrains.Client.Contract;

namespace CrowdGrains.Client.Transport;

/// <summary>Sends calls, again where that is safe, and reads the answers.</summary>
internal sealed class HttpTransport
{
    /// <summary>Leaves out what is null: to the server, missing and null are the same.</summary>
    public static readonly ContractJson Json = new(new JsonSerializerOptions(ContractJson.Default.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    private readonly HttpClient _http;
    private readonly string? _authorization;

    public HttpTransport(HttpClient http, string? key, CrowdGrainsClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(http);
        options.Validate();
        if (http.BaseAddress is not { } address)
        {
            throw new ArgumentException("The HttpClient has no base address.", nameof(http));
        }

        if (!address.AbsolutePath.EndsWith('/'))
        {
            throw new ArgumentException($"The base address {address} must end with a slash: what follows the last one would be lost.", nameof(http));
        }

        if (key is { Length: 0 } || key?.Any(char.IsControl) == true)
        {
            throw new ArgumentException("The key is empty or has control characters.", nameof(key));
        }

        _http = http;
        _authorization = key is null ? null : "Bearer " + key;
        Options = options;
    }

    public CrowdGrainsClientOptions Options { get; }

    public static byte[] Serialize<T>(T body, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(body);
        return JsonSerializer.SerializeToUtf8Bytes(body, type);
    }

    /// <exception cref="CrowdGrainsException">The server refused, or no try brought an answer.</exception>
    public async Task<Versioned<T>> SendAsync<T>(Call call, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        using HttpResponseMessage response = await SendAsync(call, cancellation).ConfigureAwait(false);
        T value = await ReadAsync(response, type, cancellation).ConfigureAwait(false);
        return new Versioned<T>(value, response.Headers.NonValidated.TryGetValues("ETag", out HeaderStringValues tags) ? tags.ToString() : null);
    }

    /// <summary>For calls whose answer is not wanted.</summary>
    /// <exception cref="CrowdGrainsException">The server refused, or no try brought an answer.</exception>
    public async Task TellAsync(Call call, CancellationToken cancellation) => (await SendAsync(call, cancellation).ConfigureAwait(false)).Dispose();

    /// <summary>One try, whose answer is given as soon as its headers are there.</summary>
    /// <exception cref="HttpRequestException">No answer came.</exception>
    public Task<HttpResponseMessage> OpenAsync(HttpRequestMessage message, CancellationToken cancellation)
    {
        Authorize(message);
        return _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    /// <exception cref="CrowdGrainsException">The answer cannot be read.</exception>
    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        try
        {
            Stream body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            return await JsonSerializer.DeserializeAsync(body, type, cancellation).ConfigureAwait(false)
                ?? throw Failure.Unreadable((int)response.StatusCode, null).ToException();
        }
        catch (JsonException unreadable)
        {
            throw Failure.Unreadable((int)response.StatusCode, unreadable).ToException();
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Call call, CancellationToken cancellation)
    {
        long began = Options.Clock.GetTimestamp();
        bool mayBeDone = false;
        for (int attempt = 1; ; attempt++)
        {
            Failure failure;
            try
            {
                HttpResponseMessage response = await TryAsync(call, cancellation).ConfigureAwait(false);
                if (response.IsSuccessStatusCode || IsAlreadyDeleted(response, call, mayBeDone))
                {
                    return response;
                }

                using (response)
                {
                    failure = await Failure.ReadAsync(response, Options.Clock, cancellation).ConfigureAwait(false);
                }
            }
            catch (HttpRequestException fault)
            {
                failure = Failure.Of(fault);
            }
            catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
            {
                failure = Failure.TimedOut(Options.AttemptTimeout, late);
            }

            mayBeDone |= failure.Outcome == Outcome.Unknown;
            if (RetryPolicy.PauseAfter(attempt, call, failure, Options.Clock.GetElapsedTime(began), Options) is not { } pause)
            {
                throw failure.ToException();
            }

            await Task.Delay(pause, Options.Clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>One try, its answer read to the end: half an answer is none.</summary>
    private async Task<HttpResponseMessage> TryAsync(Call call, CancellationToken cancellation)
    {
        using HttpRequestMessage message = call.ToMessage();
        Authorize(message);
        using CancellationTokenSource limit = new(Options.AttemptTimeout, Options.Clock);
        using CancellationTokenSource? either = cancellation.CanBeCanceled
            ? CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token)
            : null;
        return await _http.SendAsync(message, (either ?? limit).Token).ConfigureAwait(false);
    }

    /// <summary>It is gone because an earlier try, whose answer was lost, removed it.</summary>
    private static bool IsAlreadyDeleted(HttpResponseMessage response, Call call, bool mayBeDone) =>
        mayBeDone && call.Method == HttpMethod.Delete && response.StatusCode == HttpStatusCode.NotFound;

    private void Authorize(HttpRequestMessage message)
    {
        if (_authorization is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", _authorization);
        }
    }
}
