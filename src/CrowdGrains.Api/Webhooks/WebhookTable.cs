using System.Data.Common;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Tables;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Api.Webhooks;

/// <summary>The SQL of webhooks.</summary>
internal static class WebhookTable
{
    private const string House = "house";
    private const string PartnerPrefix = "partner:";

    private const string SaveSql = """
        INSERT INTO webhooks (id, owner, url, types, enabled, disabled_reason, secret, old_secret, old_secret_until, rotated_by, since, version, created_at,
            external_id, metadata)
        VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15)
        ON CONFLICT (id) DO UPDATE SET url = excluded.url, types = excluded.types, enabled = excluded.enabled,
            disabled_reason = excluded.disabled_reason, secret = excluded.secret, old_secret = excluded.old_secret,
            old_secret_until = excluded.old_secret_until, rotated_by = excluded.rotated_by, since = excluded.since, version = excluded.version,
            external_id = excluded.external_id, metadata = excluded.metadata
        """;

    private const string SelectSql = """
        SELECT id, owner, url, types, enabled, disabled_reason, secret, old_secret, old_secret_until, rotated_by, since, version, created_at,
            external_id, metadata
        FROM webhooks
        """;

    private const string DeleteSql = "DELETE FROM webhooks WHERE id = @p1";

    /// <summary>As a scope is written; <c>house</c> for our own front ends.</summary>
    public static string OwnerOf(RegisteredWebhook webhook) => webhook.Owner is { } partner ? PartnerPrefix + partner.Value : House;

    public static SqlWrite Save(RegisteredWebhook webhook) => new(
        SaveSql,
        webhook.Id,
        OwnerOf(webhook),
        webhook.Url.AbsoluteUri,
        string.Join(',', webhook.Types),
        webhook.IsEnabled ? 1L : 0L,
        webhook.DisabledReason,
        webhook.Secret.Text,
        webhook.OldSecret?.Text,
        webhook.OldSecretUntil.UnixMilliseconds,
        webhook.RotatedBy?.Value,
        webhook.Since,
        webhook.Version,
        webhook.CreatedAt.UnixMilliseconds,
        webhook.Labels.ExternalId,
        webhook.Labels.ToText());

    public static SqlWrite Delete(string id) => new(DeleteSql, id);

    /// <exception cref="StoreException">The store does not answer, or a row is not a webhook.</exception>
    public static async Task<List<RegisteredWebhook>> ReadAsync(IStore store, CancellationToken cancellation)
    {
        try
        {
            return await Sql.ReadAsync(store, SelectSql, [], Read, cancellation).ConfigureAwait(false);
        }
        catch (Exception garbled) when (garbled is FormatException or ArgumentException)
        {
            throw new StoreException("A webhook in the store is not one.", garbled);
        }
    }

    private static RegisteredWebhook Read(DbDataReader row) => new(
        row.GetString(0),
        row.GetString(1) is { } owner && owner.StartsWith(PartnerPrefix, StringComparison.Ordinal) ? PartnerId.From(owner[PartnerPrefix.Length..]) : null,
        new Uri(row.GetString(2)),
        [.. row.GetString(3).Split(',', StringSplitOptions.RemoveEmptyEntries)],
        row.GetInt64(4) != 0,
        row.IsDBNull(5) ? null : row.GetString(5),
        WebhookSecret.Parse(row.GetString(6)),
        row.IsDBNull(7) ? null : WebhookSecret.Parse(row.GetString(7)),
        new Instant(row.IsDBNull(8) ? 0 : row.GetInt64(8)),
        row.GetInt64(10),
        row.GetInt64(11),
        new Instant(row.GetInt64(12)))
    {
        RotatedBy = row.IsDBNull(9) ? null : OperationId.From(row.GetString(9)),
        Labels = LabelText.Read(row.GetString(13), row.IsDBNull(14) ? null : row.GetString(14)),
    };
}
