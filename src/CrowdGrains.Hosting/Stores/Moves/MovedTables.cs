using System.Collections.Immutable;

namespace CrowdGrains.Hosting.Stores.Moves;

/// <summary>All that a store must not lose when it moves to another database, in the order of a file.</summary>
internal static class MovedTables
{
    /// <summary>Where a cluster keeps events that have no number yet. They cannot move; an embedded store has none.</summary>
    public const string Outbox = "outbox";

    public static readonly ImmutableArray<MovedTable> All =
    [
        new("grains", 2, Small("kind"), Text("key"), Integer("version"), Integer("due"), new MovedColumn("state", ColumnKind.Bytes, "coalesce(substr(state, 1, length), x'')")),
        new("events", 1, Integer("seq"), Integer("at"), Small("kind"), Text("grain"), Integer("grain_seq"), Text("request"), Text("type"), Text("actor"), Bytes("data")),
        new("read_progress", 1, Integer("id"), Integer("seq")),
        new("read_helpers", 1, Text("id"), Text("partner"), Integer("tier"), Integer("capacity"), Integer("on_duty")),
        new("read_requests", 1,
            Integer("seq"), Text("id"), Text("customer"), Text("partner"), Integer("status"), Integer("cell"), Text("helper"), Integer("wanted_since"), Text("problem"),
            Text("channel"), Integer("first_tier"), Integer("submitted_at"), Integer("offered_at"), Integer("assigned_at"), Integer("en_route_at"), Integer("arrived_at"),
            Integer("ended_at"), Integer("first_visit_resolved"), Integer("resolved"), Integer("offers_issued"), Integer("offers_accepted"), Integer("assignments"),
            Integer("arrivals"), Real("travel_seconds")),
        new("read_offers", 1,
            Text("id"), Integer("seq"), Text("request"), Text("helper"), Integer("status"), Text("reason"), Integer("issued_at"), Integer("expires_at"),
            Integer("eta_seconds"), Integer("fee_amount"), Text("fee_currency"), Integer("ended_at")),
        new("read_duty", 2, Integer("quarter"), Integer("tier"), Integer("bound_ms"), Integer("capacity_ms")),
        new("read_duty_now", 1, Integer("tier"), Integer("seats"), Integer("jobs"), Integer("counted_until")),
        new("api_keys", 1, Text("id"), Text("scope"), Text("name"), Bytes("hash"), Integer("created_at"), Text("external_id"), Text("metadata")),
        new("api_answers", 1, Bytes("id"), Bytes("request"), Integer("at"), Integer("status"), Text("headers"), Bytes("body")),
        new("webhooks", 1,
            Text("id"), Text("owner"), Text("url"), Text("types"), Integer("enabled"), Text("disabled_reason"), Text("secret"), Text("old_secret"), Integer("old_secret_until"),
            Text("rotated_by"), Integer("since"), Integer("version"), Integer("created_at"), Text("external_id"), Text("metadata")),
        new("webhook_deliveries", 3,
            Text("webhook"), Integer("seq"), Text("about"), Text("type"), Integer("status"), Integer("attempts"), Integer("retries"), Integer("response_status"), Text("error"),
            Integer("created_at"), Integer("next_attempt_at"), Bytes("data")),
        new("webhook_progress", 1, Integer("id"), Integer("seq")),
    ];

    /// <summary>
    /// What stays behind, as <c>table.column</c>: how SQLite lays records out, which process writes the read model, what a store writes to
    /// see whether it can, and what was done to a schema.
    /// </summary>
    public static readonly ImmutableHashSet<string> LeftBehind =
    [
        "grains.id", "grains.length", "read_progress.writer", "probe.id", "probe.at", "migrations.number", "migrations.name", "migrations.applied_at",
    ];

    private static MovedColumn Small(string name) => new(name, ColumnKind.Small);

    private static MovedColumn Integer(string name) => new(name, ColumnKind.Integer);

    private static MovedColumn Real(string name) => new(name, ColumnKind.Real);

    private static MovedColumn Text(string name) => new(name, ColumnKind.Text);

    private static MovedColumn Bytes(string name) => new(name, ColumnKind.Bytes);
}
