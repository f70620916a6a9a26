using System.Globalization;
using System.Text;
using System.Text.Json;
using CrowdGrains.Fuzzer.Chance;
using CrowdGrains.Fuzzer.Documents;
using CrowdGrains.Fuzzer.Stages;

namespace CrowdGrains.Fuzzer.Bodies;

/// <summary>Bodies the server should take: by the schema, with words it knows in the fields it knows.</summary>
internal sealed class ValidBody(ApiDocument document, Known known)
{
    private const int Presence = 94;
    private static readonly string[] EventTypes = ["request.*", "offer.issued", "helper.online", "request.submitted", "webhook.disabled"];

    public Part Make(Endpoint endpoint, Dice dice) => Value(endpoint.Body!.Value, endpoint.Path, "", dice);

    private Part Value(JsonElement schema, string path, string field, Dice dice)
    {
        (JsonElement resolved, string name) = document.Resolve(schema);
        if (name == "Position")
        {
            return Place(dice);
        }

        if (resolved.TryGetProperty("enum", out JsonElement choices))
        {
            return Text(dice.Pick(choices.EnumerateArray().ToArray()).GetString()!);
        }

        if (resolved.TryGetProperty("properties", out JsonElement properties))
        {
            return Object(properties, name == "Skill" ? name : path, dice);
        }

        if (resolved.TryGetProperty("items", out JsonElement items))
        {
            ListPart list = new();
            for (int i = dice.Between(1, 2); i > 0; i--)
            {
                list.Items.Add(Value(items, path, field, dice));
            }

            return list;
        }

        if (resolved.TryGetProperty("additionalProperties", out _))
        {
            ObjectPart labels = new();
            labels.Members.Add((Name("team"), Text(HostileValues.Letters(dice, 5))));
            return labels;
        }

        return Scalar(resolved, path, field, dice);
    }

    private ObjectPart Object(JsonElement properties, string path, Dice dice)
    {
        ObjectPart made = new();
        (string lat, string lng) = dice.Pick(Known.Places);
        foreach (JsonProperty property in properties.EnumerateObject())
        {
            Part value = property.Name switch
            {
                "lat" => Number(lat),
                "lng" => Number(lng),
                _ => Value(property.Value, path, property.Name, dice),
            };

            // What is in a body is left out more seldom than what only adds to it.
            if (dice.InHundred(property.Name == "id" ? 50 : IsExtra(property.Name) ? 15 : Presence))
            {
                made.Members.Add((Name(property.Name), value));
            }
        }

        return made;
    }

    private static bool IsExtra(string field) =>
        field is "window" or "preferredHelperId" or "certified" or "certifiedUntil" or "until" or "at" or "externalId" or "metadata" or "partnerId" or "notBefore" or "languages";

    private RawPart Scalar(JsonElement schema, string path, string field, Dice dice) => field switch
    {
        "id" => Text(dice.Pick(path.StartsWith("/v1/helpers", StringComparison.Ordinal) ? Known.Helpers : Known.Requests)),
        "customerId" => Text(dice.Pick(Known.Customers)),
        "partnerId" => Text(dice.Pick(Known.Partners)),
        "preferredHelperId" => Text(dice.Pick(Known.Helpers)),
        "problem" => Text(dice.Pick(Known.Problems)),
        "name" => Text(path == "Skill" ? dice.Pick<string>(["router", "tv"]) : HostileValues.Letters(dice, dice.Between(1, 30))),
        "level" or "stars" => Number(dice.Between(2, 5)),
        "languages" => Text(dice.Pick<string>(["de", "en", "fr-CH"])),
        "radiusMeters" => Number(dice.Between(2_000, 20_000)),
        "capacity" => Number(dice.Between(1, 3)),
        "retryAfterSeconds" => Number(dice.Between(1, 600)),
        "scope" => Text(dice.Pick<string>(["dispatch", "partner:pc", "helper:h1", "admin"])),
        "types" => Text(dice.Pick(EventTypes)),
        "url" => Text(dice.InHundred(50) ? dice.Pick(known.TrapUrls) : $"https://hooks{dice.Below(9)}.invalid/in"),
        "channel" => Text(dice.Pick<string>(["web", "phone", "app"])),
        _ => ByType(schema, dice),
    };

    private static RawPart ByType(JsonElement schema, Dice dice)
    {
        string type = schema.GetProperty("type") is { ValueKind: JsonValueKind.Array } types
            ? types.EnumerateArray().Select(one => one.GetString()!).First(one => one != "null")
            : schema.GetProperty("type").GetString()!;
        bool isTime = schema.TryGetProperty("format", out JsonElement format) && format.GetString() == "date-time";
        return (type, isTime) switch
        {
            (_, true) => Text(DateTimeOffset.UtcNow.AddMinutes(dice.Between(-3, 90)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
            ("boolean", _) => new RawPart(dice.InHundred(50) ? "true"u8.ToArray() : "false"u8.ToArray()),
            ("integer" or "number", _) => Number(dice.Between(0, 100)),
            _ => Text(HostileValues.Letters(dice, dice.Between(1, 60))),
        };
    }

    private static ObjectPart Place(Dice dice)
    {
        (string lat, string lng) = dice.Pick(Known.Places);
        ObjectPart place = new();
        place.Members.Add((Name("lat"), Number(lat)));
        place.Members.Add((Name("lng"), Number(lng)));
        return place;
    }

    private static byte[] Name(string name) => Encoding.UTF8.GetBytes($"\"{name}\"");

    private static RawPart Text(string text) => new(Encoding.UTF8.GetBytes($"\"{text}\""));

    private static RawPart Number(int value) => Number(value.ToString(CultureInfo.InvariantCulture));

    private static RawPart Number(string digits) => new(Encoding.ASCII.GetBytes(digits));
}
