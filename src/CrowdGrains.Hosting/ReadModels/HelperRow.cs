using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Hosting.Stores;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>A row of <c>read_helpers</c>.</summary>
internal sealed class HelperRow
{
    public const string Columns = "id AS Id, partner AS Partner, tier AS Tier, capacity AS Capacity, on_duty AS OnDuty";

    private const string Upsert = """
        INSERT INTO read_helpers (id, partner, tier, capacity, on_duty) VALUES (@p1, @p2, @p3, @p4, @p5)
        ON CONFLICT (id) DO UPDATE SET
            partner = excluded.partner, tier = excluded.tier, capacity = excluded.capacity, on_duty = excluded.on_duty
        """;

    public HelperRow()
    {
    }

    public HelperRow(HelperId helper, PartnerId? partner, HelperEntry entry)
    {
        Id = helper.Value;
        Partner = partner?.Value;
        Tier = (long)entry.Tier;
        Capacity = entry.Capacity;
        OnDuty = entry.IsOnDuty ? 1 : 0;
    }

    public string Id { get; init; } = "";

    public string? Partner { get; init; }

    public long Tier { get; init; }

    public long Capacity { get; init; }

    public long OnDuty { get; init; }

    /// <param name="partner">The number of the partner in the directory.</param>
    public HelperEntry ToEntry(int partner) => new(partner, (Tier)Tier, (byte)Capacity, OnDuty != 0, IsDirty: false);

    public HelperView ToView() => new(HelperId.From(Id), Partner is null ? null : PartnerId.From(Partner), (Tier)Tier);

    public SqlWrite ToWrite() => new(Upsert, Id, Partner, Tier, Capacity, OnDuty);
}
