using System.Text;
using CrowdGrains.Server.Runs;

namespace CrowdGrains.Server.Reports;

/// <summary>Writes a run as one HTML page that needs nothing else: no script, style, font or image from elsewhere.</summary>
internal static class HtmlReport
{
    private const string DataMark = "/*DATA*/null";

    public static void Write(RunResult result, Stream stream)
    {
        using Stream template = typeof(HtmlReport).Assembly.GetManifestResourceStream("Reports/report.html")
            ?? throw new InvalidOperationException("The report's template is missing from the assembly.");
        using StreamReader reader = new(template);

        // The default encoder of System.Text.Json escapes <, so that no text of the data can end the script it stands in.
        string page = reader.ReadToEnd().Replace(DataMark, ReportData.Build(result).ToJsonString(), StringComparison.Ordinal);
        stream.Write(Encoding.UTF8.GetBytes(page));
    }
}
