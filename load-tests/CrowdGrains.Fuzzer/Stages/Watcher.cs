using System.Collections.Immutable;
using System.Text.Json;

namespace CrowdGrains.Fuzzer.Stages;

/// <summary>
/// Fills the slots of <see cref="Known"/> with what the server makes, as its events and lists tell, and takes every other offer, so that there
/// are jobs.
/// </summary>
internal sealed class Watcher(Stage stage, StaffClient client)
{
    private const int MaxPages = 20;
    private string _seen = "0";
    private int _offers;

    /// <summary>Offers that the bait was seen to hold.</summary>
    public int BaitOffers { get; private set; }

    public async Task LookAsync(CancellationToken cancellation)
    {
        Known known = stage.Known;
        string position = $"after={_seen}";
        for (int i = 0; i < MaxPages; i++)
        {
            JsonElement events = await GetAsync($"/v1/events?limit=200&types=offer.issued,request.submitted,request.assigned,request.enRoute,request.onSite,request.completed&{position}", cancellation).ConfigureAwait(false);
            foreach (JsonElement happened in events.GetProperty("data").EnumerateArray())
            {
                _seen = happened.GetProperty("id").GetString()!;
                await TakeAsync(known, happened, cancellation).ConfigureAwait(false);
            }

            if (events.GetProperty("nextCursor").GetString() is not { } next)
            {
                break;
            }

            position = $"cursor={Uri.EscapeDataString(next)}";
        }

        known.Webhooks = Among(await GetAsync("/v1/webhooks?limit=200", cancellation).ConfigureAwait(false), known.MarkedWebhooks, known.Webhooks);
        known.Keys = Among(await GetAsync("/v1/keys?limit=200", cancellation).ConfigureAwait(false), stage.OwnKeys, known.Keys);
        if (known.Webhooks[0].StartsWith("wh_", StringComparison.Ordinal))
        {
            JsonElement? deliveries = await TryAsync("GET", $"/v1/webhooks/{known.Webhooks[0]}/deliveries", cancellation).ConfigureAwait(false);
            known.Deliveries = deliveries is { } page ? Among(page, [], known.Deliveries) : known.Deliveries;
        }
    }

    private async Task TakeAsync(Known known, JsonElement happened, CancellationToken cancellation)
    {
        JsonElement data = happened.GetProperty("data");
        string request = data.GetProperty("requestId").GetString()!;
        switch (happened.GetProperty("type").GetString())
        {
            case "request.submitted":
                known.MadeRequests = request.StartsWith("bait", StringComparison.Ordinal) ? known.MadeRequests : Renewed(known.MadeRequests, request);
                break;
            case "offer.issued" when data.GetProperty("helperId").GetString() == Known.Bait:
                BaitOffers++;
                known.BaitOffers = Renewed(known.BaitOffers, data.GetProperty("offerId").GetString()!);
                break;
            case "offer.issued":
                string offer = data.GetProperty("offerId").GetString()!;
                known.Offers = Renewed(known.Offers, offer);
                if (++_offers % 2 == 0)
                {
                    await TryAsync("POST", $"/v1/offers/{offer}:accept", cancellation).ConfigureAwait(false);
                }

                break;
            default:
                known.Jobs = Renewed(known.Jobs, request);
                break;
        }
    }

    private static ImmutableArray<string> Renewed(ImmutableArray<string> slots, string id) => [id, .. slots.Take(Known.SlotCount - 1)];

    private static ImmutableArray<string> Among(JsonElement page, IEnumerable<string> spared, ImmutableArray<string> before)
    {
        ImmutableArray<string> ids = [.. page.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("id").GetString()!).Where(id => !spared.Contains(id)).Take(Known.SlotCount)];
        return ids.IsEmpty ? before : ids;
    }

    private Task<JsonElement> GetAsync(string path, CancellationToken cancellation) =>
        client.SendAsync("GET", path, stage.Keys.Secret(Identity.Admin), null, cancellation);

    /// <summary>Null when it was refused: somebody was first.</summary>
    private async Task<JsonElement?> TryAsync(string method, string path, CancellationToken cancellation)
    {
        try
        {
            return await client.SendAsync(method, path, stage.Keys.Secret(Identity.Admin), null, cancellation).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
