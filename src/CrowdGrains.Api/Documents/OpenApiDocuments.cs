using System.Text.Json;
using System.Text.Json.Nodes;
using CrowdGrains.Api.Idempotency;
using CrowdGrains.Api.Keys;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.OpenApi;

namespace CrowdGrains.Api.Documents;

/// <summary>The OpenAPI document, made from the endpoints themselves; what they do not say by their types is added here.</summary>
internal static class OpenApiDocuments
{
    public const string Name = "v1";
    private const string SchemeName = "key";

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "CrowdGrains", Version = "1", Description = "Real-time dispatch of a crowd of helpers." };
            document.Servers?.Clear();
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [SchemeName] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key made with POST /v1/keys." },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
            operation.Parameters ??= [];
            AddPathParameters(operation, context.Description.RelativePath ?? "");
            foreach (QueryParameter query in metadata.OfType<QueryParameter>())
            {
                operation.Parameters.Add(Parameter(query.Name, ParameterLocation.Query, query.Description));
            }

            if (operation.RequestBody?.Content is { Count: 1 } content && metadata.OfType<BodyMediaType>().LastOrDefault() is { MediaType: { } mediaType })
            {
                OpenApiMediaType body = content.Values.Single();
                content.Clear();
                content.Add(mediaType, body);
            }

            if (metadata.OfType<AllowedScopes>().Any())
            {
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SchemeName, context.Document)] = [] }];
                string method = context.Description.HttpMethod ?? "";
                AddHeaders(operation, method, hasKey: method == "POST" || metadata.OfType<KnownRepeats>().Any());
            }

            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Type type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (type.IsEnum)
            {
                schema.Type = JsonSchemaType.String;
                schema.Enum = [.. Enum.GetNames(type).Select(name => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(name))];
            }

            return Task.CompletedTask;
        });
    }

    private static void AddPathParameters(OpenApiOperation operation, string path)
    {
        foreach (RoutePatternParameterPart part in RoutePatternFactory.Parse(path).Parameters)
        {
            if (operation.Parameters?.Any(parameter => parameter.Name == part.Name) == false)
            {
                OpenApiParameter parameter = Parameter(part.Name, ParameterLocation.Path, "An id.");
                parameter.Required = true;
                operation.Parameters.Add(parameter);
            }
        }
    }

    private static void AddHeaders(OpenApiOperation operation, string method, bool hasKey)
    {
        if (hasKey)
        {
            operation.Parameters?.Add(Parameter(
                "Idempotency-Key", ParameterLocation.Header, "1 to 255 visible ASCII characters: the same key and body gets the first answer again for 24 h."));
        }

        if (method is "POST" or "PATCH")
        {
            operation.Parameters?.Add(Parameter("If-Match", ParameterLocation.Header, "An entity tag: 412 unless it still holds."));
        }
    }

    private static OpenApiParameter Parameter(string name, ParameterLocation place, string description) => new()
    {
        Name = name,
        In = place,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
