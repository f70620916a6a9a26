namespace CrowdGrains.Api.Documents;

/// <summary>Marks an endpoint with a parameter of its query.</summary>
internal sealed record QueryParameter(string Name, string Description);
