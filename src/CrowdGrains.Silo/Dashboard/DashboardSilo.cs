using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Dashboard;

namespace CrowdGrains.Silo.Dashboard;

/// <summary>What a silo needs to be shown on Orleans' dashboard.</summary>
internal static class DashboardSilo
{
    private const string WebServer = "Microsoft.AspNetCore";

    /// <summary>Measures every call of a grain from now on. The log is not streamed: it has its own way out of the process.</summary>
    public static ISiloBuilder AddPages(this ISiloBuilder silo)
    {
        silo.AddDashboard(dashboard => dashboard.HideTrace = true);
        silo.Services.AddRouting();
        silo.Services.TryAddSingleton(_ => new DiagnosticListener(WebServer));
        return silo;
    }
}
