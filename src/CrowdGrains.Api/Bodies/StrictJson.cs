using System.Text.Json;
using System.Text.Json.Serialization;
using CrowdGrains.Client.Contract;

namespace CrowdGrains.Api.Bodies;

/// <summary>The contract as the server reads it: what a client did not mean to say must not pass for something else.</summary>
internal static class StrictJson
{
    public const int MaxDepth = 32;

    /// <summary>Unknown fields, fields named twice, numbers in quotation marks and times without an offset are refused.</summary>
    public static readonly ContractJson Types = new(new JsonSerializerOptions(ContractJson.Default.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        MaxDepth = MaxDepth,
        Converters = { new Rfc3339() },
    });
}
