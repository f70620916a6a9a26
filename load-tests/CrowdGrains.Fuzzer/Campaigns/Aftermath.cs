using System.Text;
using System.Text.Json;
using CrowdGrains.Fuzzer.Oracle;
using CrowdGrains.Fuzzer.Servers;
using CrowdGrains.Fuzzer.Stages;

namespace CrowdGrains.Fuzzer.Campaigns;

/// <summary>What must hold when all is sent: the server serves, its memory is flat, and what it wrote down gives nothing away.</summary>
internal sealed class Aftermath(Stage stage, StaffClient client, ServerProcess? server, Trap trap, Report report)
{
    private const int ShortestStory = 20;

    /// <summary>Errors, and what only a mistake of ours makes the web server warn of.</summary>
    private static readonly string[] Alarms = [" fail: ", " crit: ", "nhandled exception", "ended abnormally"];

    public async Task InspectAsync(CancellationToken cancellation)
    {
        try
        {
            await client.ReadAsync("/healthz/ready", cancellation).ConfigureAwait(false);
            await DispatchAsync(cancellation).ConfigureAwait(false);
            await InspectEventsAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is HttpRequestException or InvalidOperationException or TimeoutException)
        {
            report.Add(new Finding("server does not serve", fault.Message));
        }

        if (trap.Caught > 0)
        {
            report.Add(new Finding("webhook led inside", $"{trap.Caught} connections to the trap."));
        }

        if (server is not null)
        {
            InspectMemory();
            InspectLog(server.Log);
            InspectFiles(server.DataFolder);
        }
    }

    /// <summary>One dispatch from the submission to the visit, at a place of its own.</summary>
    private async Task DispatchAsync(CancellationToken cancellation)
    {
        string admin = stage.Keys.Secret(Identity.Admin);
        await SendAsync("/v1/helpers", """{"id":"last-helper","name":"Ada","tier":"friend","skills":[{"name":"router","level":5}],"radiusMeters":8000,"position":{"lat":64.1,"lng":-21.9}}""").ConfigureAwait(false);
        await SendAsync("/v1/requests", """{"id":"last-request","customerId":"last-customer","problem":"router-setup","position":{"lat":64.11,"lng":-21.91},"channel":"web"}""").ConfigureAwait(false);
        for (int attempt = 1; ; attempt++)
        {
            JsonElement offers = await client.SendAsync("GET", "/v1/helpers/last-helper/offers?status=issued", admin, null, cancellation).ConfigureAwait(false);
            if (offers.GetProperty("data").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } offer)
            {
                await SendAsync($"/v1/offers/{offer.GetProperty("id").GetString()}:accept", "{}").ConfigureAwait(false);
                break;
            }

            if (attempt == ShortestStory)
            {
                throw new TimeoutException("A helper next to a request got no offer.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), cancellation).ConfigureAwait(false);
        }

        await SendAsync("/v1/requests/last-request:en-route", "{}").ConfigureAwait(false);

        Task SendAsync(string path, string body) => client.SendAsync("POST", path, admin, body, cancellation);
    }

    private async Task InspectEventsAsync(CancellationToken cancellation)
    {
        string position = "after=0";
        while (true)
        {
            JsonElement page = await client.SendAsync("GET", $"/v1/events?limit=200&{position}", stage.Keys.Secret(Identity.Admin), null, cancellation).ConfigureAwait(false);
            report.Events += page.GetProperty("data").GetArrayLength();
            Inspect("event", page.GetRawText());
            if (page.GetProperty("nextCursor").GetString() is not { } next)
            {
                return;
            }

            position = $"cursor={Uri.EscapeDataString(next)}";
        }
    }

    private void InspectMemory()
    {
        if (MemoryRule.FindGrowth(report.Memory) is { } growth)
        {
            report.Add(new Finding("memory grows", growth));
        }
    }

    private void InspectLog(IReadOnlyList<string> log)
    {
        foreach (string line in log)
        {
            Inspect("log", line);
            if (Array.Exists(Alarms, alarm => line.Contains(alarm, StringComparison.Ordinal)))
            {
                report.Add(new Finding("exception in the log", line));
            }
        }

        report.Warnings = [.. log.Where(line => line.Contains(" warn: ", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(" warn: ", StringComparison.Ordinal) + 7)..])];
    }

    /// <summary>Keys and Idempotency-Keys are kept as hashes; the secrets of webhooks sign and so are there.</summary>
    private void InspectFiles(string folder)
    {
        byte[][] hidden = [.. stage.Keys.All.Append(stage.Keys.IdempotencyToken).Select(Encoding.ASCII.GetBytes)];
        foreach (string path in Directory.EnumerateFiles(folder, "*.db*"))
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using MemoryStream bytes = new();
            file.CopyTo(bytes);
            if (Array.Exists(hidden, secret => bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(secret) >= 0))
            {
                report.Add(new Finding("secret in a file", Path.GetFileName(path)));
            }
        }
    }

    private void Inspect(string where, string text)
    {
        if (stage.Secrets.FindHidden(Encoding.UTF8.GetBytes(text)) is { } secret)
        {
            report.Add(new Finding($"secret in the {where}", $"{secret} in {text[..Math.Min(text.Length, 300)]}"));
        }
    }
}
