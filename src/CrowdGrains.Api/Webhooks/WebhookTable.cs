using System.Data.Common;
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
        INSERT INTO webhooks (id, owner, url, types, enabled, disabled_reason, secret, old_secret, old_secret_until, since, version, created_at)
        VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12)
        ON CONFLICT (id) DO UPDATE SET url = excluded.url, types = excluded.types, enabled = excluded.enabled,
            disabled_reason = excluded.disabled_reason, secret = excluded.secret, old_secret = excluded.old_secret,
            old_secret_until = excluded.old_secret_until, since = excluded.since, version = excluded.version
        """;

    private const string SelectSql = """
        SELECT id, owner, url, types, enabled, disabled_reason, secret, old_secret, old_secret_until, since, version, created_at FROM webhooks
        """;

    private const string DeleteSql = "DELETE FROM webhooks WHERE id = @p1";

    public static SqlWrite Save(RegisteredWebhook webhook) => new(
        SaveSql,
        webhook.Id,
        webhook.Owner is { } partner ? PartnerPrefix + partner.Value : House,
        webhook.Url.AbsoluteUri,
        string.Join(',', webhook.Types),
        webhook.IsEnabled ? 1L : 0L,
        webhook.DisabledReason,
        webhook.Secret.Text,
        webhook.OldSecret?.Text,
        webhook.OldSecretUntil.UnixMilliseconds,
        webhook.Since,
        webhook.Version,
        webhook.CreatedAt.UnixMilliseconds);

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
        row.GetInt64(9),
        row.GetInt64(10),
        new Instant(row.GetInt64(11)));
}
