using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;

namespace CrowdGrains.Hosting.Events;

/// <summary>
/// The members of one JSON object by name. The search for a member begins behind the one read last, so that members asked for in the
/// order in which they stand are found at once.
/// </summary>
internal ref struct EventFields
{
    private readonly ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;

    /// <exception cref="JsonException">The JSON is no object.</exception>
    public EventFields(ReadOnlySpan<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json);
        Restart();
    }

    public RequestId Request() => RequestId.From(Text("requestId"u8));

    public HelperId Helper() => HelperId.From(Text("helperId"u8));

    public HelperId? OptionalHelper(ReadOnlySpan<byte> name) => OptionalText(name) is { } text ? HelperId.From(text) : null;

    public PartnerId? OptionalPartner() => OptionalText("partnerId"u8) is { } text ? PartnerId.From(text) : null;

    public OfferId Offer() => OfferId.From(Text("offerId"u8));

    public string Text(ReadOnlySpan<byte> name) => OptionalText(name) ?? throw Missing(name);

    public string? OptionalText(ReadOnlySpan<byte> name) => TryFind(name) ? _reader.GetString() : null;

    public int Int32(ReadOnlySpan<byte> name) => TryFind(name) ? _reader.GetInt32() : throw Missing(name);

    public bool Bool(ReadOnlySpan<byte> name) => TryFind(name) ? _reader.GetBoolean() : throw Missing(name);

    /// <summary>False when there is none.</summary>
    public bool Flag(ReadOnlySpan<byte> name) => TryFind(name) && _reader.GetBoolean();

    public Instant Time(ReadOnlySpan<byte> name) => OptionalTime(name) ?? throw Missing(name);

    public Instant? OptionalTime(ReadOnlySpan<byte> name) => TryFind(name) ? Instant.FromDateTimeOffset(_reader.GetDateTimeOffset()) : null;

    public CellIndex Cell(ReadOnlySpan<byte> name) => CellIndex.Parse(Text(name));

    public T Choice<T>(ReadOnlySpan<byte> name)
        where T : struct, Enum => TryFind(name) ? ChoiceNames<T>.Parse(_reader) : throw Missing(name);

    public LatLng Position(ReadOnlySpan<byte> name)
    {
        EventFields inner = Object(name);
        return LatLng.FromDegrees(inner.Double("lat"u8), inner.Double("lng"u8));
    }

    public Money Money(ReadOnlySpan<byte> name)
    {
        EventFields inner = Object(name);
        return new Money(inner.Int64("amount"u8), inner.Text("currency"u8));
    }

    public ImmutableArray<string> Words(ReadOnlySpan<byte> name)
    {
        ImmutableArray<string>.Builder words = ImmutableArray.CreateBuilder<string>();
        if (TryFind(name))
        {
            Require(JsonTokenType.StartArray);
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
            {
                words.Add(_reader.GetString() ?? throw Missing(name));
            }
        }

        return words.DrainToImmutable();
    }

    public ImmutableArray<SkillNeed> SkillNeeds()
    {
        ImmutableArray<SkillNeed>.Builder skills = ImmutableArray.CreateBuilder<SkillNeed>();
        for (bool more = TryEnter("skills"u8); more && TryNext(out EventFields skill);)
        {
            skills.Add(new SkillNeed(skill.Text("name"u8), skill.Int32("level"u8), skill.Flag("certified"u8)));
        }

        return skills.DrainToImmutable();
    }

    public ImmutableArray<Skill> Skills()
    {
        ImmutableArray<Skill>.Builder skills = ImmutableArray.CreateBuilder<Skill>();
        for (bool more = TryEnter("skills"u8); more && TryNext(out EventFields skill);)
        {
            skills.Add(new Skill(skill.Text("name"u8), skill.Int32("level"u8), skill.OptionalTime("certifiedUntil"u8) ?? Instant.Never));
        }

        return skills.DrainToImmutable();
    }

    public Labels Labels()
    {
        string externalId = OptionalText("externalId"u8) ?? "";
        ImmutableArray<KeyValuePair<string, string>>.Builder metadata = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        if (TryFind("metadata"u8))
        {
            Require(JsonTokenType.StartObject);
            while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = _reader.GetString() ?? "";
                _reader.Read();
                metadata.Add(new(name, _reader.GetString() ?? ""));
            }
        }

        return externalId.Length == 0 && metadata.Count == 0 ? Core.Turns.Labels.None : new Labels(externalId, metadata.DrainToImmutable());
    }

    /// <summary>The members of the object under a name.</summary>
    public EventFields Object(ReadOnlySpan<byte> name) => TryFind(name) ? Here() : throw Missing(name);

    /// <summary>Looks at the rest, so that data that was cut off does not pass for whole.</summary>
    /// <exception cref="JsonException">It was.</exception>
    public void RequireEnd()
    {
        while (_reader.Read())
        {
        }
    }

    private double Double(ReadOnlySpan<byte> name) => TryFind(name) ? _reader.GetDouble() : throw Missing(name);

    private long Int64(ReadOnlySpan<byte> name) => TryFind(name) ? _reader.GetInt64() : throw Missing(name);

    /// <summary>The object the reader stands on, which is then behind it.</summary>
    private EventFields Here()
    {
        Require(JsonTokenType.StartObject);
        int start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        return new EventFields(_json[start..(int)_reader.BytesConsumed]);
    }

    private bool TryEnter(ReadOnlySpan<byte> name)
    {
        if (!TryFind(name))
        {
            return false;
        }

        Require(JsonTokenType.StartArray);
        return true;
    }

    /// <summary>The next object of the array the reader is in.</summary>
    private bool TryNext(out EventFields item)
    {
        bool isThere = _reader.Read() && _reader.TokenType != JsonTokenType.EndArray;
        item = isThere ? Here() : default;
        return isThere;
    }

    /// <summary>Stands on the value of a member that is there and not null.</summary>
    private bool TryFind(ReadOnlySpan<byte> name) => TryFindBehind(name) || (Restart() && TryFindBehind(name));

    private bool TryFindBehind(ReadOnlySpan<byte> name)
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isIt = _reader.ValueTextEquals(name);
            _reader.Read();
            if (isIt)
            {
                return _reader.TokenType != JsonTokenType.Null;
            }

            _reader.Skip();
        }

        return false;
    }

    private bool Restart()
    {
        _reader = new Utf8JsonReader(_json);
        _reader.Read();
        Require(JsonTokenType.StartObject);
        return true;
    }

    private readonly void Require(JsonTokenType token)
    {
        if (_reader.TokenType != token)
        {
            throw new JsonException($"holds {_reader.TokenType} in place of {token}");
        }
    }

    private static JsonException Missing(ReadOnlySpan<byte> name) => new($"has no {Encoding.UTF8.GetString(name)}");
}
