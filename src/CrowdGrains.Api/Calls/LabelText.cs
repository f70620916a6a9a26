using System.Text.Json;
using CrowdGrains.Api.Helpers;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Api.Calls;

/// <summary>Labels of what is kept in a table of its own: the metadata is one column, a JSON object, NULL when it is empty.</summary>
internal static class LabelText
{
    public static string? ToText(this Labels labels) =>
        labels.Metadata.IsEmpty ? null : JsonSerializer.Serialize(labels.ToMetadata(), ContractJson.Default.IReadOnlyDictionaryStringString);

    /// <exception cref="FormatException">The text is not metadata.</exception>
    public static Labels Read(string externalId, string? metadata)
    {
        if (metadata is null)
        {
            return externalId.Length == 0 ? Labels.None : new Labels(externalId, []);
        }

        try
        {
            IReadOnlyDictionary<string, string> entries =
                JsonSerializer.Deserialize(metadata, ContractJson.Default.IReadOnlyDictionaryStringString) ?? throw new FormatException("Metadata is null.");
            return new Labels(externalId, [.. entries.OrderBy(entry => entry.Key, StringComparer.Ordinal)]);
        }
        catch (JsonException garbled)
        {
            throw new FormatException("Metadata is not a JSON object of texts.", garbled);
        }
    }
}
