using System.Text.Json;

namespace CrowdGrains.Fuzzer.Documents;

/// <summary>An endpoint as the server describes it.</summary>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Queries">The names of the parameters of the query.</param>
/// <param name="Body">The schema of the body; null when it takes none.</param>
internal sealed record Endpoint(string Method, string Path, IReadOnlyList<string> Queries, JsonElement? Body, string? MediaType)
{
    public bool IsRead => Method == "GET";

    public override string ToString() => $"{Method} {Path}";
}
