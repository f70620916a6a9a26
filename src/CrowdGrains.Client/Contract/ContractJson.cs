using System.Text.Json.Serialization;

namespace CrowdGrains.Client.Contract;

/// <summary>Reads and writes the contract's types without reflection: camelCase, RFC 3339, unknown fields refused by the server.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    Converters =
    [
        typeof(ChoiceConverter<Tier>), typeof(ChoiceConverter<Severity>), typeof(ChoiceConverter<Presence>),
        typeof(ChoiceConverter<RequestStatus>), typeof(ChoiceConverter<OfferStatus>), typeof(ChoiceConverter<DeclineReason>),
    ])]
[JsonSerializable(typeof(Helper))]
[JsonSerializable(typeof(HelperRegistration))]
[JsonSerializable(typeof(HelperPatch))]
[JsonSerializable(typeof(GoOnline))]
[JsonSerializable(typeof(PositionUpdate))]
[JsonSerializable(typeof(PositionsResult))]
[JsonSerializable(typeof(Request))]
[JsonSerializable(typeof(RequestSubmission))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(RequestPatch))]
[JsonSerializable(typeof(Reason))]
[JsonSerializable(typeof(Rating))]
[JsonSerializable(typeof(Completion))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(Offer))]
[JsonSerializable(typeof(Decline))]
[JsonSerializable(typeof(AcceptedOffer))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(KeyCreation))]
[JsonSerializable(typeof(Key))]
[JsonSerializable(typeof(WebhookRegistration))]
[JsonSerializable(typeof(Webhook))]
[JsonSerializable(typeof(Delivery))]
[JsonSerializable(typeof(CloudEvent))]
[JsonSerializable(typeof(CellMap))]
[JsonSerializable(typeof(KpiReport))]
[JsonSerializable(typeof(Page<Helper>))]
[JsonSerializable(typeof(Page<Request>))]
[JsonSerializable(typeof(Page<Offer>))]
[JsonSerializable(typeof(Page<Key>))]
[JsonSerializable(typeof(Page<Webhook>))]
[JsonSerializable(typeof(Page<Delivery>))]
[JsonSerializable(typeof(Page<TimelineEntry>))]
[JsonSerializable(typeof(Page<CloudEvent>))]
public sealed partial class ContractJson : JsonSerializerContext;
