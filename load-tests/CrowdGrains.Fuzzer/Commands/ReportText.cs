using System.Globalization;
using CrowdGrains.Fuzzer.Campaigns;
using CrowdGrains.Fuzzer.Oracle;

namespace CrowdGrains.Fuzzer.Commands;

/// <summary>A report for people: findings with what repeats them, then the figures in a row.</summary>
internal static class ReportText
{
    private const int MaxDetail = 600;

    /// <summary>Warnings that begin with the same so many characters are of a kind.</summary>
    private const int WarningKind = 70;

    public static void Write(TextWriter output, Campaign campaign)
    {
        Report report = campaign.Report;
        foreach ((Finding finding, int count) in report.Findings)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FOUND {finding.Name}, {count} times{(finding.Request is { } request ? $", first by request {request.Index}" : "")}"));
            output.WriteLine("  " + (finding.Detail.Length > MaxDetail ? finding.Detail[..MaxDetail] + "…" : finding.Detail));
            if (finding.Request is not null)
            {
                output.WriteLine("  " + campaign.Write(finding.Request));
            }
        }

        foreach (IGrouping<string, string> warning in report.Warnings.GroupBy(line => line[..Math.Min(line.Length, WarningKind)], StringComparer.Ordinal))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"warned {warning.Count()} times: {warning.First()}"));
        }

        output.WriteLine("requests (2xx) by endpoint: " + string.Join(", ", report.Reached.Select(endpoint => string.Create(CultureInfo.InvariantCulture, $"{endpoint.Endpoint} {endpoint.Requests} ({endpoint.Successes})"))));
        output.WriteLine("requests by what is damaged: " + string.Join(", ", report.Hostilities.Select(hostility => string.Create(CultureInfo.InvariantCulture, $"{hostility.Key} {hostility.Value}"))));
        output.WriteLine("by status (0: closed without an answer): " + string.Join(", ", report.Statuses.Select(status => string.Create(CultureInfo.InvariantCulture, $"{status.Key} × {status.Value}"))));
        output.WriteLine("5xx: " + string.Join(", ", report.Failures.Select(failure => string.Create(CultureInfo.InvariantCulture, $"{failure.Key} × {failure.Value}"))));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Sent:#,0} requests, {report.Seconds:0} s, {report.Sent / report.Seconds:#,0}/s; {report.Findings.Count()} findings; {report.Bare} bare refusals of what is no HTTP; {report.Ended} answers that end their connection; {report.Events:#,0} events read through; {report.Baits} baits, {report.BaitOffers} offers of them; {report.Warnings.Count} warnings in the log"));
    }
}
