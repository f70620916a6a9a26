using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>A row of <c>read_offers</c>.</summary>
internal sealed class OfferRow
{
    public const string Columns = """
        seq AS Seq, id AS Id, request AS Request, helper AS Helper, status AS Status, reason AS Reason, issued_at AS IssuedAt,
        expires_at AS ExpiresAt, eta_seconds AS EtaSeconds, fee_amount AS FeeAmount, fee_currency AS FeeCurrency, ended_at AS EndedAt
        """;

    /// <summary>An offer that is issued a second time goes on in its row: one that cannot be written would hold up all that follows.</summary>
    private const string Upsert = """
        INSERT INTO read_offers (seq, id, request, helper, status, reason, issued_at, expires_at, eta_seconds, fee_amount, fee_currency, ended_at)
        VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12)
        ON CONFLICT (id) DO UPDATE SET status = excluded.status, reason = excluded.reason, expires_at = excluded.expires_at, ended_at = excluded.ended_at
        """;

    public long Seq { get; init; }

    public string Id { get; init; } = "";

    public string Request { get; init; } = "";

    public string Helper { get; init; } = "";

    public long Status { get; init; }

    public string Reason { get; init; } = "";

    public long IssuedAt { get; init; }

    public long ExpiresAt { get; init; }

    public long EtaSeconds { get; init; }

    public long FeeAmount { get; init; }

    public string FeeCurrency { get; init; } = "";

    public long? EndedAt { get; init; }

    public OfferView ToView() => new(
        Seq,
        OfferId.From(Id),
        RequestId.From(Request),
        HelperId.From(Helper),
        (OfferStep)Status,
        Reason,
        new Instant(IssuedAt),
        new Instant(ExpiresAt),
        (int)EtaSeconds,
        new Money(FeeAmount, FeeCurrency),
        EndedAt is { } at ? new Instant(at) : null);

    public static SqlWrite ToWrite(OfferView offer) => new(
        Upsert,
        offer.Sequence,
        offer.Id.Value,
        offer.Request.Value,
        offer.Helper.Value,
        (long)offer.Status,
        offer.Reason,
        offer.IssuedAt.UnixMilliseconds,
        offer.ExpiresAt.UnixMilliseconds,
        (long)offer.EtaSeconds,
        offer.Fee.Amount,
        offer.Fee.Currency,
        offer.EndedAt?.UnixMilliseconds);
}
