using System.Net.Http.Headers;
using System.Text;
using CrowdGrains.CrashCampaign.Calls;

namespace CrowdGrains.CrashCampaign.Audits;

/// <summary>Repeats calls under their Idempotency-Keys, byte by byte as they were sent: each must be answered as it was, byte by byte.</summary>
internal sealed class RepeatAudit(HttpClient http, Ledger ledger, Verdict verdict, Random random)
{
    private const int Recent = 60;
    private const int Older = 15;
    private const int Complete = 1000;

    /// <summary>Calls that were repeated.</summary>
    public int Repeats { get; private set; }

    public async Task RunAsync(IReadOnlyList<Answered> recent, bool isComplete, CancellationToken cancellation)
    {
        Answered[] keyed = [.. recent.Where(answer => answer.Key is not null)];
        Answered[] all = [.. ledger.From(0).Where(answer => answer.Key is not null)];
        int older = isComplete ? Complete : Older;
        random.Shuffle(keyed);
        foreach (Answered answer in keyed.Take(Recent).Concat(random.GetItems(all, all.Length == 0 ? 0 : older)))
        {
            await RepeatAsync(answer, cancellation).ConfigureAwait(false);
        }
    }

    private async Task RepeatAsync(Answered answer, CancellationToken cancellation)
    {
        using HttpRequestMessage message = new(HttpMethod.Post, new Uri(answer.Wire.Path, UriKind.Relative)) { Content = new ByteArrayContent(answer.Wire.Sent) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", answer.Wire.Secret);
        message.Headers.TryAddWithoutValidation("Idempotency-Key", answer.Key);
        using HttpResponseMessage response = await http.SendAsync(message, cancellation).ConfigureAwait(false);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);

        // A problem names its own trace; what it says is the kept one's.
        verdict.Require(
            (int)response.StatusCode == answer.Wire.Status && body.AsSpan().SequenceEqual(answer.Wire.Received) && response.Headers.ETag?.Tag == answer.Wire.ETag,
            "repeat-is-answered-the-same", answer.Deed.Name, () => $"{answer}\nand then {(int)response.StatusCode} {Encoding.UTF8.GetString(body)}");
        verdict.Require(response.Headers.Contains("Idempotent-Replayed"), "repeat-is-not-done-again", answer.Deed.Name, () => answer.ToString());
        Repeats++;
    }
}
