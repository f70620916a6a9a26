using System.Diagnostics.Metrics;
using CrowdGrains.Api.Bodies;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Customers;
using CrowdGrains.Api.Documents;
using CrowdGrains.Api.Events;
using CrowdGrains.Api.Health;
using CrowdGrains.Api.Helpers;
using CrowdGrains.Api.Idempotency;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Kpis;
using CrowdGrains.Api.Leaders;
using CrowdGrains.Api.Limits;
using CrowdGrains.Api.Map;
using CrowdGrains.Api.Offers;
using CrowdGrains.Api.Positions;
using CrowdGrains.Api.Problems;
using CrowdGrains.Api.Requests;
using CrowdGrains.Api.Telemetry;
using CrowdGrains.Api.Webhooks;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.ReadModels;
using CrowdGrains.Hosting.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Api;

/// <summary>Puts the HTTP interface into a web application, over any engine.</summary>
public static class ApiHost
{
    private const int MaxHeaderBytes = 16 * 1024;
    private const int MaxHeaders = 64;

    /// <summary>
    /// Of a process that has its store for itself. Engine, store and read model stay the caller's to dispose of, after the application has
    /// stopped.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static IServiceCollection AddCrowdGrainsApi(
        this IServiceCollection services, IDispatchEngine engine, IStore store, ReadModel reads, KeyRing keys, ApiOptions? options = null) =>
        Add(services, engine, store, reads, keys, Leadership.Sole(), options ?? new ApiOptions());

    /// <summary>Of one process among several over a store.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static IServiceCollection AddCrowdGrainsApi(
        this IServiceCollection services, IDispatchEngine engine, IStore store, ReadModel reads, KeyRing keys, ISignals signals, Leadership leadership, ApiOptions options)
    {
        services.AddHostedService(provider => new KeyWatcher(keys, signals, provider.GetRequiredService<ILogger<KeyWatcher>>()));
        return Add(services, engine, store, reads, keys, leadership, options with { IsOnlyServer = false });
    }

    /// <summary>Adds everything the interface serves, and what stands before it.</summary>
    public static WebApplication MapCrowdGrainsApi(this WebApplication app)
    {
        app.UseMiddleware<ProblemMiddleware>();
        app.Use(SecureAsync);
        app.UseRouting();
        app.UseMiddleware<KeyMiddleware>();
        app.UseMiddleware<LeaderMiddleware>();
        app.UseRateLimiter();
        app.UseMiddleware<RepeatMiddleware>();
        DocumentEndpoint.Map(app);
        ApiServices api = app.Services.GetRequiredService<ApiServices>();
        Routes routes = new(app, api);
        HealthEndpoints.Map(routes);
        KeyEndpoints.Map(routes);
        HelperEndpoints.Map(routes);
        RequestEndpoints.Map(routes);
        OverrideEndpoints.Map(routes);
        JobEndpoints.Map(routes);
        OfferEndpoints.Map(routes);
        EventEndpoints events = app.Services.GetRequiredService<EventEndpoints>();
        events.Map(routes);
        app.Services.GetRequiredService<WebhookEndpoints>().Map(routes);
        app.Services.GetRequiredService<DeliveryEndpoints>().Map(routes);
        HelperLists.Map(routes);
        RequestLists.Map(routes);
        RequestHistory.Map(routes);
        OfferLists.Map(routes);
        MapEndpoints.Map(routes, api);
        KpiEndpoints.Map(routes);
        CustomerEndpoints.Map(routes, api);
        StreamSlots positions = PositionSlots(api.Options);
        PositionEndpoints.Map(routes, new KnownHelpers(api.Reads, api.Options.MaxKnownHelpers), positions);
        app.Services.GetRequiredService<ApiInstruments>().ObserveStreams(() => events.OpenStreams, () => positions.Open);
        return app;
    }

    private static IServiceCollection Add(
        IServiceCollection services, IDispatchEngine engine, IStore store, ReadModel reads, KeyRing keys, Leadership leadership, ApiOptions options)
    {
        ApiOptions limits = options.Validate();
        services.AddSingleton(leadership);
        services.AddSingleton(keys);
        services.AddSingleton(new ApiServices(engine, store, reads, keys, new KeptAnswers(engine, store, limits), limits));
        services.AddSingleton(provider => new ApiInstruments(provider.GetRequiredService<IMeterFactory>(), reads));
        services.AddHostedService<AnswerSweeper>();
        services.TryAddSingleton(TimeProvider.System);
        EventEndpoints.Add(services, engine, limits.Events);
        WebhookEndpoints.Add(services, engine, store, limits.Webhooks);
        services.AddRateLimiter(limiter => CallLimits.Configure(limiter, limits));
        services.Configure<JsonOptions>(json => json.SerializerOptions.TypeInfoResolver = StrictJson.Types);
        services.AddOpenApi(OpenApiDocuments.Name, OpenApiDocuments.Configure);
        services.Configure<KestrelServerOptions>(kestrel => Bound(kestrel.Limits, limits, kestrel));
        return services;
    }

    private static StreamSlots PositionSlots(ApiOptions options) => new(options.MaxPositionStreamsPerKey, options.MaxPositionStreams);

    private static void Bound(KestrelServerLimits kestrel, ApiOptions options, KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        kestrel.MaxRequestBodySize = options.MaxBodyBytes;
        kestrel.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        kestrel.MaxRequestHeaderCount = MaxHeaders;
        kestrel.MaxConcurrentConnections = options.MaxConnections;
    }

    private static Task SecureAsync(HttpContext context, RequestDelegate next)
    {
        SecurityHeaders.Set(context.Response.Headers);
        return next(context);
    }
}
