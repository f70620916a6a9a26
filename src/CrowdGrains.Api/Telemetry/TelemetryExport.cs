using System.Reflection;
using CrowdGrains.Hosting.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CrowdGrains.Api.Telemetry;

/// <summary>
/// Sends meters and traces by OTLP, as the standard variables say: OTEL_EXPORTER_OTLP_ENDPOINT turns it on, and OTEL_EXPORTER_OTLP_PROTOCOL,
/// OTEL_EXPORTER_OTLP_HEADERS, OTEL_METRIC_EXPORT_INTERVAL, OTEL_TRACES_SAMPLER, OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES are heard. Without an
/// endpoint nothing listens, and an instrument costs a look at that.
/// </summary>
public static class TelemetryExport
{
    private const string Prefix = "OTEL_";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Npgsql = "Npgsql";
    private const string WebServer = "Microsoft.AspNetCore.*";

    /// <summary>Whether anything is to be sent.</summary>
    public static bool IsOn => Environment.GetEnvironmentVariable(Endpoint) is { Length: > 0 };

    /// <summary>Adds what sends to a process's host, or nothing.</summary>
    /// <param name="service">The name of the service, where OTEL_SERVICE_NAME gives no other.</param>
    /// <param name="meters">Meters besides our own, the database driver's, the web server's and the runtime's.</param>
    /// <param name="sources">Sources of activities besides our own and the web server's.</param>
    public static IHostApplicationBuilder AddCrowdGrainsTelemetry(
        this IHostApplicationBuilder builder, string service, IReadOnlyList<string>? meters = null, IReadOnlyList<string>? sources = null)
    {
        if (!IsOn)
        {
            return builder;
        }

        // A host that reads no environment would have the exporter send elsewhere.
        builder.Configuration.AddInMemoryCollection(Variables());
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service, serviceVersion: Version()).AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics
                .AddMeter([EngineInstruments.MeterName, DispatchInstruments.MeterName, ApiInstruments.MeterName, Npgsql, WebServer, .. meters ?? []])
                .AddRuntimeInstrumentation()
                .AddOtlpExporter())
            .WithTracing(traces => traces
                .AddAspNetCoreInstrumentation()
                .AddSource([EngineInstruments.MeterName, .. sources ?? []])
                .AddProcessor(new PlainSpans())
                .AddOtlpExporter());
        return builder;
    }

    private static string Version() => typeof(TelemetryExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private static Dictionary<string, string?> Variables() => Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
        .Where(variable => ((string)variable.Key).StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value, StringComparer.OrdinalIgnoreCase);
}
