using CrowdGrains.Client;
using CrowdGrains.CrashCampaign.Audits;

namespace CrowdGrains.CrashCampaign.Calls;

/// <summary>
/// Makes calls while the server dies. A call with an Idempotency-Key is repeated until it is answered; one without is made once, and may
/// or may not have been carried out when no answer comes.
/// </summary>
internal sealed class Courier : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http;
    private readonly CrowdGrainsClient _client;
    private readonly string _secret;
    private readonly Gate _gate;
    private readonly Verdict _verdict;
    private readonly int _maxAttempts;

    /// <param name="maxAttempts">A server that cannot now is asked again after a while, so often at most.</param>
    public Courier(Uri url, HttpMessageHandler transport, string secret, Gate gate, Verdict verdict, int maxAttempts)
        : this(new HttpClient(new WireTap(transport)) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan }, secret, gate, verdict, maxAttempts, new Ledger())
    {
    }

    private Courier(HttpClient http, string secret, Gate gate, Verdict verdict, int maxAttempts, Ledger ledger)
    {
        _maxAttempts = maxAttempts;
        _http = http;
        _client = new CrowdGrainsClient(http, secret, new CrowdGrainsClientOptions { MaxAttempts = 1 });
        _secret = secret;
        _gate = gate;
        _verdict = verdict;
        Ledger = ledger;
    }

    public Ledger Ledger { get; }

    /// <summary>One for another key, over the same connections and with the same ledger.</summary>
    public Courier For(string secret) => new(_http, secret, _gate, _verdict, _maxAttempts, Ledger);

    /// <summary>Makes a call that changes something.</summary>
    /// <param name="key">Null to send none.</param>
    /// <returns>The answer; null when none came, or the server refused.</returns>
    public async Task<Answered?> TellAsync<T>(
        Deed deed, string? key, Func<CrowdGrainsClient, CallOptions, CancellationToken, Task<T>> call, CancellationToken cancellation)
        where T : notnull
    {
        for (int attempt = 1; attempt <= _maxAttempts; attempt++)
        {
            await _gate.EnterAsync(cancellation).ConfigureAwait(false);
            WireRecord wire = new() { Secret = _secret, IsUnkeyed = key is null };
            WireTap.RecordIn(wire);
            try
            {
                T value = await call(_client, new CallOptions { IdempotencyKey = key }, cancellation).ConfigureAwait(false);
                Answered answer = new(deed, key, wire, value);
                Ledger.Add(answer, attempt > 1);
                return answer;
            }
            catch (CrowdGrainsException fault)
            {
                _verdict.Require(fault.Status != 500 && fault.Code != ProblemCodes.UnreadableAnswer, "no-internal-error", deed.Name, () => fault.Message);
                if (fault.Status is > 0 and < 500 and not 429 && fault.Code != "idempotency-key-in-use")
                {
                    Ledger.Add(new Answered(deed, key, wire, null), attempt > 1);
                    return null;
                }
            }
            finally
            {
                WireTap.RecordIn(null);
                _gate.Leave();
            }

            if (key is null)
            {
                Ledger.AddUnanswered();
                return null;
            }

            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
        }

        throw _verdict.Report("a-repeat-is-answered", deed.Name, $"not after {_maxAttempts} attempts");
    }

    /// <summary>Makes a call that is of no consequence when it gets no answer.</summary>
    /// <returns>Default when none came.</returns>
    public async Task<T?> AskAsync<T>(Func<CrowdGrainsClient, CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        await _gate.EnterAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await call(_client, cancellation).ConfigureAwait(false);
        }
        catch (CrowdGrainsException fault)
        {
            _verdict.Require(fault.Status != 500 && fault.Code != ProblemCodes.UnreadableAnswer, "no-internal-error", "a question", () => fault.Message);
            return default;
        }
        finally
        {
            _gate.Leave();
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
    }
}
