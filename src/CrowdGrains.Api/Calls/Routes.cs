using CrowdGrains.Api.Documents;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Leaders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace CrowdGrains.Api.Calls;

/// <summary>
/// Maps endpoints. A path such as <c>/v1/helpers/{id}:online</c> has its verb after the last colon: the router matches the literal from
/// the end, so ids may hold colons themselves.
/// </summary>
internal sealed class Routes(IEndpointRouteBuilder routes, ApiServices api)
{
    public Route Get(string path, string summary, Func<Call, ValueTask<Reply>> handler) => Map(HttpMethods.Get, path, summary, handler);

    public Route Post(string path, string summary, Func<Call, ValueTask<Reply>> handler) => Map(HttpMethods.Post, path, summary, handler);

    public Route Put(string path, string summary, Func<Call, ValueTask<Reply>> handler) => Map(HttpMethods.Put, path, summary, handler);

    public Route Patch(string path, string summary, Func<Call, ValueTask<Reply>> handler) => Map(HttpMethods.Patch, path, summary, handler);

    public Route Delete(string path, string summary, Func<Call, ValueTask<Reply>> handler) => Map(HttpMethods.Delete, path, summary, handler);

    private Route Map(string method, string path, string summary, Func<Call, ValueTask<Reply>> handler)
    {
        RequestDelegate serve = async context =>
        {
            Reply reply = await handler(new Call(context, api)).ConfigureAwait(false);
            await reply.SendAsync(context).ConfigureAwait(false);
        };

        // The method is what makes the API explorer, and so the OpenAPI document, see an endpoint that is a plain delegate.
        IEndpointConventionBuilder builder = routes.MapMethods(path, [method], serve).WithMetadata(serve.Method, new Summary(summary));
        return new Route(builder).Refuses(StatusCodes.Status400BadRequest);
    }

    private sealed record Summary(string Text) : IEndpointSummaryMetadata
    {
        string IEndpointSummaryMetadata.Summary => Text;
    }
}

/// <summary>What an endpoint takes, answers and is for.</summary>
internal sealed class Route(IEndpointConventionBuilder builder)
{
    public Route WithTag(string tag)
    {
        builder.WithMetadata(new TagsAttribute(tag));
        return this;
    }

    /// <summary>Who may call it; others get 403, and those without a key 401.</summary>
    public Route For(Scopes scopes)
    {
        builder.WithMetadata(new AllowedScopes(scopes));
        return Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests);
    }

    /// <summary>Of several processes over a store the leader alone serves it.</summary>
    public Route ByTheLeader() => With(new LeaderOnly());

    /// <summary>No key is needed.</summary>
    public Route ForEverybody() => this;

    /// <summary>The type of the body, for the OpenAPI document.</summary>
    public Route Takes<T>(bool isOptional = false, string mediaType = "application/json")
    {
        // For the router any media type will do: it would answer others, and none, with a 404 where endpoints differ by their verb alone.
        builder.WithMetadata(new AcceptsMetadata(["*/*"], typeof(T), isOptional), new BodyMediaType(mediaType));
        return this;
    }

    public Route Answers<T>(int status = StatusCodes.Status200OK, string mediaType = "application/json")
    {
        builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(T), [mediaType]));
        return this;
    }

    public Route AnswersNothing(int status = StatusCodes.Status204NoContent)
    {
        builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(void), []));
        return this;
    }

    /// <summary>Statuses that come with a problem.</summary>
    public Route Refuses(params ReadOnlySpan<int> statuses)
    {
        foreach (int status in statuses)
        {
            builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Client.Contract.Problem), ["application/problem+json"]));
        }

        return this;
    }

    /// <summary>A parameter of the query.</summary>
    public Route Query(string name, string description)
    {
        builder.WithMetadata(new QueryParameter(name, description));
        return this;
    }

    /// <summary>The parameters of a list.</summary>
    public Route Pages() => Query("limit", "How many, 1 to 200. Default: 50.").Query("cursor", "The nextCursor of the page before.");

    /// <summary>Anything else an endpoint is marked with.</summary>
    public Route With(object metadata)
    {
        builder.WithMetadata(metadata);
        return this;
    }
}
