using System.Net;

namespace CrowdGrains.Api.Tests.Lists;

/// <summary>Steps that lead to something to be listed.</summary>
internal static class Jobs
{
    /// <summary>A helper takes the offer of a request, and does the job.</summary>
    public static async Task<string> ServeAsync(this ApiServer server, string request)
    {
        string offer = await server.AcceptAsync(request);
        foreach (string step in (string[])["en-route", "arrive"])
        {
            (await server.Admin.PostAsync($"/v1/requests/{request}:{step}")).AssertStatus(HttpStatusCode.OK);
        }

        (await server.Admin.PostAsync($"/v1/requests/{request}:complete", """{"resolved":true}""")).AssertStatus(HttpStatusCode.OK);
        await server.WaitForAsync("offer.released", request);
        return offer;
    }

    /// <summary>Waits until it has happened to a request.</summary>
    public static async Task WaitForAsync(this ApiServer server, string type, string request)
    {
        await foreach (Hosting.Events.LoggedEvent happened in server.Engine.Events.FollowAsync(0, Examples.Deadline()))
        {
            if (happened.Row.Type == type && happened.Row.Request?.Value == request)
            {
                return;
            }
        }
    }

    /// <summary>A helper takes the offer of a request.</summary>
    public static async Task<string> AcceptAsync(this ApiServer server, string request)
    {
        string offer = await server.OfferOfAsync(request);
        (await server.Admin.PostAsync($"/v1/offers/{offer}:accept")).AssertStatus(HttpStatusCode.OK);
        return offer;
    }

    /// <summary>The ids of all pages of a list.</summary>
    public static async Task<List<string>> IdsAsync(this ApiClient api, string path, string name = "id")
    {
        List<string> ids = [];
        string? cursor = null;
        do
        {
            string page = cursor is null ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={cursor}";
            Answered answered = (await api.GetAsync(page)).AssertStatus(HttpStatusCode.OK);
            ids.AddRange(answered.Json.GetProperty("data").EnumerateArray().Select(item => item.GetProperty(name).GetString() ?? ""));
            cursor = answered.Json.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        return ids;
    }
}
