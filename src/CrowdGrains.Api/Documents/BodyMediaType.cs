namespace CrowdGrains.Api.Documents;

/// <summary>The media type of the body an endpoint takes.</summary>
internal sealed record BodyMediaType(string MediaType);
