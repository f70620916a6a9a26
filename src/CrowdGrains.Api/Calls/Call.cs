using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using CrowdGrains.Api.Bodies;
using CrowdGrains.Api.Keys;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CrowdGrains.Api.Calls;

/// <summary>One call of an endpoint: who asks, for what, and what it takes to answer.</summary>
internal sealed class Call(HttpContext http, ApiServices api)
{
    private Operation? _operation;

    public HttpContext Http { get; } = http;

    public ApiServices Api { get; } = api;

    public IDispatchEngine Engine => Api.Engine;

    /// <exception cref="InvalidOperationException">The endpoint is open to everybody and has no caller.</exception>
    public Caller Caller => Http.Features.Get<Caller>() ?? throw new InvalidOperationException("The endpoint needs no key, so it has no caller.");

    /// <summary>Who asks, for the timeline. The staff may say who sits before the screen.</summary>
    /// <exception cref="BadHttpRequestException">The name is too long or not readable.</exception>
    public string Actor => Caller.IsStaff && DispatcherHeader.Read(Http.Request.Headers) is { } name ? $"{Caller.Actor}:{name}" : Caller.Actor;

    /// <summary>The client went away.</summary>
    public CancellationToken Cancellation => Http.RequestAborted;

    /// <summary>Names this call: the same for a repeat with the same Idempotency-Key, and for nothing else.</summary>
    public Operation Operation => _operation ??= Http.Features.Get<Operation>() ?? Operation.Random();

    /// <summary>A part of the path.</summary>
    public string Path(string name) => Http.GetRouteValue(name) as string ?? "";

    /// <summary>The versions named by If-Match; null when any will do.</summary>
    public Versions? IfVersion => EntityTags.VersionsOf(Http.Request.Headers.IfMatch);

    /// <summary>Reads the body; it must be there.</summary>
    public ValueTask<Body<T>> ReadAsync<T>(JsonTypeInfo<T> type)
        where T : class => BodyReader.ReadAsync(this, type, isRequired: true);

    /// <summary>Reads the body, if there is one; nothing counts as an empty object.</summary>
    public ValueTask<Body<T>> ReadOptionalAsync<T>(JsonTypeInfo<T> type)
        where T : class => BodyReader.ReadAsync(this, type, isRequired: false);

    /// <summary>Adds who asks and under which condition.</summary>
    public TCommand Signed<TCommand>(TCommand command)
        where TCommand : Command => command with { Actor = Actor, IfVersion = IfVersion };

    /// <summary>A parameter of the query; null when it is missing or empty.</summary>
    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues values) && values.Count > 0 && values[0] is { Length: > 0 } value
        ? value
        : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Http.Request.Method} {Http.Request.Path}");
}
