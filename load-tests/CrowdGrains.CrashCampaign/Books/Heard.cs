using System.Globalization;
using System.Text.Json;

namespace CrowdGrains.CrashCampaign.Books;

/// <summary>An event as it came: read anew from its JSON, by none of the server's own code.</summary>
internal sealed record Heard(long Sequence, string Type, string Subject, DateTimeOffset Time, JsonElement Data, string Json)
{
    public string? RequestId => Text("requestId");

    public string? HelperId => Text("helperId");

    public string OfferId => Text("offerId") ?? "";

    public int Visit => Number("visit");

    public int Stars => Number("stars");

    public int Capacity => Number("capacity");

    public bool IsFinal => Data.TryGetProperty("final", out JsonElement value) && value.GetBoolean();

    public bool IsResolved => Data.TryGetProperty("resolved", out JsonElement value) && value.GetBoolean();

    public DateTimeOffset ExpiresAt => Data.GetProperty("expiresAt").GetDateTimeOffset();

    /// <summary>The name of the helper or request it is about.</summary>
    public string Name => Subject[(Subject.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <exception cref="JsonException">It is no CloudEvent.</exception>
    public static Heard Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        return new(
            long.Parse(root.GetProperty("id").GetString() ?? "", NumberStyles.None, CultureInfo.InvariantCulture),
            root.GetProperty("type").GetString() ?? "",
            root.GetProperty("subject").GetString() ?? "",
            root.GetProperty("time").GetDateTimeOffset(),
            root.GetProperty("data").Clone(),
            json);
    }

    public string? Text(string name) => Data.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private int Number(string name) => Data.TryGetProperty(name, out JsonElement value) ? value.GetInt32() : 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Sequence} {Type} {Data.GetRawText()}");
}
