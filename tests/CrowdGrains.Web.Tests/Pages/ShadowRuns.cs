using System.Globalization;
using Microsoft.Playwright;

namespace CrowdGrains.Web.Tests.Pages;

/// <summary>A replay as the interface answers it.</summary>
internal static class ShadowRuns
{
    /// <summary>Answers the page's questions: with each of these states once, and with the last from then on.</summary>
    public static async Task AnswerAsync(IPage page, params string[] states)
    {
        int asked = 0;
        await page.RouteAsync("**/v1/shadow-runs", route => route.FulfillAsync(new() { Status = 202, ContentType = "application/json", Body = """{"id":"run_1"}""" }));
        await page.RouteAsync("**/v1/shadow-runs/run_1", route => route.FulfillAsync(route.Request.Method == "DELETE"
            ? new() { Status = 204 }
            : new() { Status = 200, ContentType = "application/json", Body = Run(states[Math.Min(asked++, states.Length - 1)]) }));
    }

    private static string Run(string status) =>
        $$"""{"id":"run_1","status":"{{status}}","progress":{{(status == "done" ? "1" : "0.4")}},"actual":{{Figures(0.8, 20)}},"shadow":{{Figures(0.85, 32)}}}""";

    private static string Figures(double firstVisit, int assign) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"requests":412,"firstVisitResolvedRate":{{firstVisit}},"resolvedRate":0.78,"timeToOffer":null,
         "timeToAssign":{"count":400,"mean":{{assign}},"p50":{{assign}},"p90":{{assign * 3}},"p99":{{assign * 7}} },
         "timeToArrive":{"count":380,"mean":700,"p50":640,"p90":1500,"p99":2900},"arrivedWithin60MinRate":0.93,"unservedRate":0.01,
         "cancelledRate":0.04,"offerAcceptanceRate":0.66,"offersPerAssignment":1.5,"travelSecondsPerJob":480}
        """);
}
