using System.Globalization;
using System.Text;
using System.Text.Json;
using CrowdGrains.Fuzzer.Requests;
using CrowdGrains.Fuzzer.Wire;

namespace CrowdGrains.Fuzzer.Oracle;

/// <summary>The rules every answer keeps, whatever was asked.</summary>
internal sealed class Judge(Secrets secrets)
{
    private const string TypePrefix = "https://crowdgrains.dev/problems/";
    private const int MaxBodyBytes = 64 * 1024;

    /// <summary>How the inside of a server looks from outside, where it shows.</summary>
    private static readonly byte[][] Inside =
        [.. new[] { "   at ", ".cs:line", "System.", "Microsoft.", "CrowdGrains.Api", "CrowdGrains.Core", "Npgsql", "SQLite", "StackTrace", "/tmp/", "/home/", "/usr/", $"/{AppContext.BaseDirectory.Split('/')[1]}/" }.Select(Encoding.ASCII.GetBytes)];

    public Finding? FindFault(HostileRequest request, RawAnswer answer)
    {
        if (answer.Status == 0)
        {
            return request.IsHttp && (request.Body?.Length ?? 0) <= MaxBodyBytes ? new Finding("no answer", "The connection was closed without one.", request) : null;
        }

        return FindStatusFault(request, answer)
            ?? FindLeak(request, answer)
            ?? (answer.Status >= 400 ? FindProblemFault(request, answer) : FindResultFault(request, answer));
    }

    private static Finding? FindStatusFault(HostileRequest request, RawAnswer answer)
    {
        if (answer.Status is 503 or 429 && answer.Header("Retry-After").Length == 0)
        {
            return new Finding($"{answer.Status} without Retry-After", Show(answer), request);
        }

        // 505 is the web server's word for a version it does not speak.
        bool isAllowed = answer.Status < 500 || answer.Status == 503 || (answer.Status == 505 && !request.IsHttp);
        return isAllowed ? null : new Finding($"status {answer.Status}", Show(answer), request);
    }

    private Finding? FindLeak(HostileRequest request, RawAnswer answer)
    {
        if ((secrets.FindHidden(answer.Body) ?? secrets.FindHidden(answer.Head)) is { } secret)
        {
            return new Finding("secret shown", $"{secret} in {Show(answer)}", request);
        }

        if ((secrets.FindLeak(answer.Body, request.Identity) ?? secrets.FindLeak(answer.Head, request.Identity)) is { } marker)
        {
            return new Finding("leak", $"{request.Identity} was shown {marker.Text}: {Show(answer)}", request);
        }

        return Array.Find(Inside, text => answer.Body.AsSpan().IndexOf(text) >= 0) is { } inside && !IsEcho(request, inside)
            ? new Finding("inside shown", $"{Encoding.ASCII.GetString(inside)} in {Show(answer)}", request)
            : null;
    }

    private static Finding? FindProblemFault(HostileRequest request, RawAnswer answer)
    {
        if (answer.Body.Length == 0 && (request.IsHead || !request.IsHttp))
        {
            return null;
        }

        if (answer.MediaType != "application/problem+json" || answer.IsCut)
        {
            return new Finding("refusal that is no problem", Show(answer), request);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(answer.Body);
            JsonElement problem = document.RootElement;
            string code = problem.GetProperty("code").GetString()!;
            bool isWhole = problem.GetProperty("type").GetString() == TypePrefix + code
                && problem.GetProperty("status").GetInt32() == answer.Status
                && !string.IsNullOrEmpty(problem.GetProperty("title").GetString())
                && !string.IsNullOrEmpty(problem.GetProperty("traceId").GetString())
                && problem.GetProperty("errors").ValueKind == JsonValueKind.Array;
            return isWhole ? null : new Finding("problem that is not whole", Show(answer), request);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new Finding("problem that is not whole", Show(answer), request);
        }
    }

    private static Finding? FindResultFault(HostileRequest request, RawAnswer answer)
    {
        if (answer.IsCut)
        {
            return new Finding("answer cut off", Show(answer), request);
        }

        if (answer.Header("X-Content-Type-Options") != "nosniff" && request.Method != "TRACE")
        {
            return new Finding("answer without nosniff", Show(answer), request);
        }

        if (answer.MediaType != "application/json" || answer.Body.Length == 0)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(answer.Body);
            return null;
        }
        catch (JsonException broken)
        {
            return new Finding("answer that is not JSON", broken.Message, request);
        }
    }

    /// <summary>What the client said itself is no news to it.</summary>
    private static bool IsEcho(HostileRequest request, byte[] text) =>
        request.Body.AsSpan().IndexOf(text) >= 0 || request.Target.Contains(Encoding.ASCII.GetString(text), StringComparison.Ordinal);

    private static string Show(RawAnswer answer) => string.Create(
        CultureInfo.InvariantCulture,
        $"{answer.Status} {answer.MediaType} {Encoding.UTF8.GetString(answer.Body.AsSpan(0, Math.Min(answer.Body.Length, 400)))}");
}
