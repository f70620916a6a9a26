using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace CrowdGrains.Deploy.Tests;

/// <summary>The dashboard and the alerts ask for what is measured.</summary>
public sealed class MonitoringTests(Instruments instruments) : IClassFixture<Instruments>
{
    private const string Dashboard = "monitoring/grafana/dashboards/crowdgrains.json";

    /// <summary>What the collector makes of the resource, and Prometheus of a histogram.</summary>
    private static readonly string[] Standard = ["job", "instance", "le"];

    /// <summary>Tags of others' instruments that are used.</summary>
    private static readonly string[] OfOthers = ["http_route", "http_response_status_code", "db_client_connection_state", "db_client_connection_pool_name"];

    private static IEnumerable<YamlNode> Alerts => DeployFiles.Yaml("monitoring/alerts.yaml").Single().List("groups").SelectMany(group => group.List("rules"));

    private static IEnumerable<string> Queries =>
    [
        .. Alerts.Select(alert => alert.Text("expr")!),
        .. JsonDocument.Parse(DeployFiles.Read(Dashboard)).RootElement.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!),
    ];

    [Fact]
    public void Queries_NameMetricsThatThereAre()
    {
        IReadOnlySet<string> series = instruments.Series;

        Assert.InRange(Queries.Count(), 40, 200);
        Assert.All(Queries, query => Assert.NotEmpty(PromQl.Metrics(query)));
        Assert.All(Queries.SelectMany(PromQl.Metrics), metric => Assert.True(
            series.Contains(metric), $"nothing measures {metric}; there are {string.Join(", ", series.Where(name => name[..8] == metric[..8]).Order())}"));
        Assert.Contains(DeployFiles.Yaml("monitoring/adapter.yaml").Single().List("rules").Single().Text("name.matches")!.Trim('^', '$'), series);
    }

    [Fact]
    public void Queries_NameTagsThatThereAre()
    {
        HashSet<string> known = [.. Standard, .. OfOthers, .. InstrumentTable.Rows.SelectMany(row => row.Tags)];

        Assert.All(Queries.SelectMany(PromQl.Labels), label => Assert.True(known.Contains(label), $"nothing carries {label}"));
    }

    [Fact]
    public void Table_IsWhatOursMeasure()
    {
        Instrument[] ours = [.. instruments.Found.Values.Where(instrument => instrument.Meter.Name.StartsWith("CrowdGrains.", StringComparison.Ordinal)).OrderBy(instrument => instrument.Name, StringComparer.Ordinal)];

        Assert.Equal(
            ours.Select(instrument => (instrument.Name, instrument.Unit?.Trim('{', '}') ?? "")),
            InstrumentTable.Rows.OrderBy(row => row.Name, StringComparer.Ordinal).Select(row => (row.Name, row.Unit)));
        Assert.All(ours, instrument => Assert.NotEmpty(instrument.Description ?? ""));
    }

    [Fact]
    public void Alerts_SayWhatTheyMean()
    {
        Assert.Equal(Alerts.Count(), Alerts.Select(alert => alert.Text("alert")).Distinct().Count());
        Assert.All(Alerts, alert =>
        {
            string name = alert.Text("alert")!;
            Assert.Contains(alert.Text("labels.severity"), (string[])["critical", "warning"]);
            Assert.NotEmpty(alert.Text("annotations.summary") ?? "");
            Assert.Equal($"deploy/README.md#{name.ToLowerInvariant()}", alert.Text("annotations.runbook"));
            Assert.Contains($"\n### {name}\n", DeployFiles.Read("README.md"), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Dashboard_HasPanelsBesideEachOther()
    {
        JsonElement[] panels = [.. JsonDocument.Parse(DeployFiles.Read(Dashboard)).RootElement.GetProperty("panels").EnumerateArray()];
        HashSet<(int, int)> taken = [];
        foreach (JsonElement place in panels.Select(panel => panel.GetProperty("gridPos")))
        {
            for (int x = 0; x < place.GetProperty("w").GetInt32(); x++)
            {
                for (int y = 0; y < place.GetProperty("h").GetInt32(); y++)
                {
                    Assert.True(taken.Add((place.GetProperty("x").GetInt32() + x, place.GetProperty("y").GetInt32() + y)), "two panels on one place");
                }
            }
        }

        Assert.All(taken, place => Assert.InRange(place.Item1, 0, 23));
        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        string source = DeployFiles.Yaml("monitoring/grafana/provisioning/datasources/prometheus.yaml").Single().List("datasources").Single().Text("uid")!;
        Assert.All(panels.Where(panel => panel.TryGetProperty("datasource", out _)), panel => Assert.Equal(source, panel.GetProperty("datasource").GetProperty("uid").GetString()));
    }

    [Theory]
    [InlineData("rules", "alerts.yaml")]
    [InlineData("config", "prometheus.yaml")]
    public async Task Promtool_FindsNoFault(string what, string file)
    {
        ProcessStartInfo start = new("promtool") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["check", what, Path.Combine(DeployFiles.Folder, "monitoring", file)])
        {
            start.ArgumentList.Add(argument);
        }

        Process? started = null;
        try
        {
            started = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("promtool is not installed.");
        }

        using Process promtool = started ?? throw new InvalidOperationException("promtool did not start.");
        Task<string> error = promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(promtool.ExitCode == 0, output + await error);
    }

    [Fact]
    public void Collector_TakesAndShowsWhereOthersExpectIt()
    {
        YamlNode collector = DeployFiles.Yaml("monitoring/collector.yaml").Single();
        IReadOnlyDictionary<string, YamlNode> pipelines = collector.Map("service.pipelines");

        Assert.Equal(["metrics", "traces"], pipelines.Keys.Order());
        foreach (string part in (string[])["receivers", "processors", "exporters"])
        {
            Assert.All(pipelines.Values.SelectMany(pipeline => pipeline.List(part)), named => Assert.Contains(((YamlScalarNode)named).Value!, collector.Map(part).Keys));
        }

        string target = ((YamlScalarNode)DeployFiles.Yaml("monitoring/prometheus.yaml").Single().List("scrape_configs").Single().List("static_configs").Single().List("targets").Single()).Value!;
        Assert.Equal(collector.Text("exporters.prometheus.endpoint")!.Split(':')[1], target.Split(':')[1]);
        Assert.Contains(target.Split(':')[0], DeployFiles.Yaml("compose.yaml").Single().Map("services").Keys);
        Assert.Equal("true", collector.Text("exporters.prometheus.resource_to_telemetry_conversion.enabled"));
    }
}
