using CrowdGrains.Api.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Dashboard;

namespace CrowdGrains.Silo.Dashboard;

/// <summary>
/// Orleans' dashboard under /dashboard of the HTTP interface, for admins. Its pages work with the services of the silo, not with those
/// of the interface, so they have a pipeline of their own, before which the keys of the interface stand.
/// </summary>
internal sealed class DashboardPages : IStartupFilter
{
    private const string Path = "/dashboard";

    private readonly IServiceProvider _silo;
    private readonly RequestDelegate _pages;

    /// <param name="silo">The services of a silo with the dashboard.</param>
    public DashboardPages(IServiceProvider silo)
    {
        _silo = silo;
        ApplicationBuilder pages = new(silo);
        pages.UseRouting();
        pages.UseEndpoints(endpoints => endpoints.MapOrleansDashboard(Path));
        _pages = pages.Build();
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, others) => context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase) ? ServeAsync(context) : others(context));
        next(app);
    };

    private async Task ServeAsync(HttpContext context)
    {
        if (!await AdminGate.AdmitsAsync(context).ConfigureAwait(false))
        {
            return;
        }

        IServiceProvider own = context.RequestServices;
        AsyncServiceScope scope = _silo.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            context.RequestServices = scope.ServiceProvider;
            try
            {
                await _pages(context).ConfigureAwait(false);
            }
            finally
            {
                context.RequestServices = own;
            }
        }
    }
}
