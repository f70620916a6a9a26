using System.Net;
using System.Text.Json.Nodes;

namespace CrowdGrains.Api.Tests;

/// <summary>Bodies that are all right, and steps that many tests take.</summary>
internal static class Examples
{
    private static int _count;

    /// <summary>An id no other test has.</summary>
    public static string NewId(string prefix) => $"{prefix}-{Interlocked.Increment(ref _count)}";

    public static JsonObject Helper(string id, double lat = 40.75, double lng = -73.98) => new()
    {
        ["id"] = id,
        ["name"] = "Ada",
        ["tier"] = "friend",
        ["skills"] = new JsonArray(new JsonObject { ["name"] = "router", ["level"] = 3 }),
        ["languages"] = new JsonArray("de", "en"),
        ["radiusMeters"] = 8000,
        ["position"] = Position(lat, lng),
    };

    public static JsonObject Request(string id, double lat = 40.751, double lng = -73.981) => new()
    {
        ["id"] = id,
        ["customerId"] = "c1",
        ["problem"] = "router",
        ["position"] = Position(lat, lng),
        ["channel"] = "web",
        ["description"] = "The light is red.",
    };

    public static JsonObject Position(double lat, double lng) => new() { ["lat"] = lat, ["lng"] = lng };

    public static JsonObject With(this JsonObject body, string name, JsonNode? value)
    {
        body[name] = value;
        return body;
    }

    public static JsonObject Without(this JsonObject body, string name)
    {
        body.Remove(name);
        return body;
    }

    public static async Task<Answered> RegisterAsync(this ApiClient api, JsonObject helper) =>
        (await api.PostAsync("/v1/helpers", helper.ToJsonString())).AssertStatus(HttpStatusCode.Created);

    public static async Task<Answered> SubmitAsync(this ApiClient api, JsonObject request) =>
        (await api.PostAsync("/v1/requests", request.ToJsonString())).AssertStatus(HttpStatusCode.Created);

    /// <summary>The offer of a request, as soon as somebody holds it.</summary>
    public static async Task<string> OfferOfAsync(this ApiServer server, string request)
    {
        await foreach (Hosting.Events.LoggedEvent happened in server.Engine.Events.FollowAsync(0, Deadline()))
        {
            if (happened.Row.Type == "offer.issued" && happened.Row.Request?.Value == request)
            {

                return ((Core.Helpers.OfferMoved)happened.Event).Offer.Value;
            }
        }

        throw new InvalidOperationException("The log has no end.");
    }

    /// <summary>The offer of a request to one helper, as soon as there is one.</summary>
    public static async Task<string> OfferOfAsync(this ApiServer server, string request, string helper)
    {
        await foreach (Hosting.Events.LoggedEvent happened in server.Engine.Events.FollowAsync(0, Deadline()))
        {
            if (happened.Event is Core.Helpers.OfferMoved { Step: Core.Helpers.OfferStep.Issued } offer
                && offer.Request.Value == request && offer.Helper.Value == helper)
            {
                return offer.Offer.Value;
            }
        }

        throw new InvalidOperationException("The log has no end.");
    }

    /// <summary>Five seconds: what is awaited happens within milliseconds.</summary>
    public static CancellationToken Deadline() =>
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken, new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token).Token;
}
