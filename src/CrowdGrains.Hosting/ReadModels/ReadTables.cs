using System.Data;
using System.Data.Common;
using System.Text;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.H3;
using CrowdGrains.Hosting.Stores;
using Dapper;

namespace CrowdGrains.Hosting.ReadModels;

/// <summary>The queries of the read model's tables, a few at a time.</summary>
internal sealed class ReadTables(DbDataSource data, int maxQueries) : IDisposable
{
    /// <summary>From this resolution on a cell is small enough that its requests are sorted rather than all requests scanned.</summary>
    private const int SmallCellResolution = 5;

    private const int MaxNamed = 256;

    private const string UpsertWriter =
        "INSERT INTO read_progress (id, seq, writer) VALUES (1, 0, @p1) ON CONFLICT (id) DO UPDATE SET writer = excluded.writer";

    /// <summary>In the name of an earlier writer it breaks a constraint, and all that is written with it is undone.</summary>
    private const string UpdateProgress = "UPDATE read_progress SET seq = CASE WHEN writer = @p2 THEN @p1 ELSE -1 END WHERE id = 1";

    private static readonly string SelectOpenRequests = $"SELECT {RequestRow.Columns} FROM read_requests WHERE ended_at IS NULL ORDER BY seq";
    private static readonly string SelectLiveOffers = $"SELECT {OfferRow.Columns} FROM read_offers WHERE ended_at IS NULL ORDER BY seq";
    private static readonly string SelectDuty = $"SELECT {DutyRow.Columns} FROM read_duty WHERE quarter >= @firstQuarter";
    private static readonly string SelectDutyNow = $"SELECT {DutyNowRow.Columns} FROM read_duty_now";

    private readonly SemaphoreSlim _room = new(maxQueries);

    /// <summary>From then on nothing is taken that is written in another name.</summary>
    public static SqlWrite Claim(string writer) => new(UpsertWriter, writer);

    public static SqlWrite WriteProgress(long sequence, string writer) => new(UpdateProgress, sequence, writer);

    public Task<long> ReadProgressAsync(CancellationToken cancellation) =>
        AskAsync(connection => ReadProgressAsync(connection, null, cancellation), cancellation);

    /// <summary>What is open; for the writer the sums of duty too, from a quarter of an hour on.</summary>
    /// <param name="isWriter">Otherwise somebody writes meanwhile: all is as of one moment.</param>
    public Task<ReadContents> ReadAllAsync(long firstQuarter, bool isWriter, CancellationToken cancellation) => AskAsync(
        async connection =>
        {
            await using DbTransaction? moment = isWriter ? null : await BeginAsync(connection, cancellation).ConfigureAwait(false);
            return new ReadContents(
                await ReadProgressAsync(connection, moment, cancellation).ConfigureAwait(false),
                await connection.QueryAsync<RequestRow>(Command(SelectOpenRequests, null, cancellation, moment)).ConfigureAwait(false),
                await connection.QueryAsync<OfferRow>(Command(SelectLiveOffers, null, cancellation, moment)).ConfigureAwait(false),
                isWriter ? await ReadDutyAsync(connection, null, firstQuarter, cancellation).ConfigureAwait(false) : null);
        },
        cancellation);

    /// <summary>The sums of duty from a quarter of an hour on, as of one moment.</summary>
    public Task<DutyContents> ReadDutyAsync(long firstQuarter, CancellationToken cancellation) => AskAsync(
        async connection =>
        {
            await using DbTransaction moment = await BeginAsync(connection, cancellation).ConfigureAwait(false);
            return await ReadDutyAsync(connection, moment, firstQuarter, cancellation).ConfigureAwait(false);
        },
        cancellation);

    public async Task<OfferView?> FindOfferAsync(OfferId offer, CancellationToken cancellation) =>
        (await QueryAsync<OfferRow>($"SELECT {OfferRow.Columns} FROM read_offers WHERE id = @id", new { id = offer.Value }, cancellation)
            .ConfigureAwait(false)).SingleOrDefault()?.ToView();

    public async Task<IReadOnlyList<OfferView>> ListOffersAsync(
        HelperId helper, OfferStep? status, long before, int limit, CancellationToken cancellation)
    {
        string sql = $"""
            SELECT {OfferRow.Columns} FROM read_offers
            WHERE helper = @helper AND seq < @before {(status is null ? "" : "AND status = @status")}
            ORDER BY seq DESC LIMIT @limit
            """;
        IEnumerable<OfferRow> rows = await QueryAsync<OfferRow>(
            sql, new { helper = helper.Value, before, status = (long)(status ?? default), limit }, cancellation).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToView())];
    }

    public Task<List<HelperRow>> FindHelpersAsync(IReadOnlyCollection<HelperId> helpers, CancellationToken cancellation) =>
        FindAsync<HelperRow>("read_helpers", HelperRow.Columns, helpers.Select(helper => helper.Value), cancellation);

    public async Task<IReadOnlyList<HelperId>> ListHelpersAsync(PartnerId? partner, HelperId? after, int limit, CancellationToken cancellation)
    {
        string sql = $"""
            SELECT id FROM read_helpers WHERE id > @after {(partner is null ? "" : "AND partner = @partner")} ORDER BY id LIMIT @limit
            """;
        IEnumerable<string> ids = await QueryAsync<string>(
            sql, new { after = after?.Value ?? "", partner = partner?.Value ?? "", limit }, cancellation).ConfigureAwait(false);
        return [.. ids.Select(HelperId.From)];
    }

    public async Task<List<RequestView>> FindRequestsAsync(IReadOnlyCollection<RequestId> requests, CancellationToken cancellation) =>
        [.. (await FindAsync<RequestRow>("read_requests", RequestRow.Columns, requests.Select(request => request.Value), cancellation)
            .ConfigureAwait(false)).Select(row => row.ToView())];

    public async Task<IReadOnlyList<RequestView>> ListRequestsAsync(
        RequestFilter filter, RequestCursor? after, int limit, CancellationToken cancellation)
    {
        DynamicParameters values = new();
        StringBuilder sql = new($"SELECT {RequestRow.Columns} FROM read_requests WHERE 1 = 1");
        Add("status = @status", "status", (long?)filter.Status);
        Add("customer = @customer", "customer", filter.Customer?.Value);
        Add("partner = @partner", "partner", filter.Partner?.Value);
        Add("submitted_at >= @since", "since", filter.Since?.UnixMilliseconds);
        Add("(submitted_at, seq) < (@beforeAt, @beforeSeq)", "beforeAt", after?.SubmittedAt.UnixMilliseconds);
        values.Add("beforeSeq", after?.Sequence ?? 0);
        if (filter.Cell is { } cell)
        {
            // The descendants of a cell are neighbours by index. A plus keeps an index from being used that would sort half the table.
            string column = cell.Resolution >= SmallCellResolution ? "cell" : "+cell";
            (long first, long last) = Descendants(cell);
            Add($"{column} >= @firstCell", "firstCell", first);
            Add($"{column} <= @lastCell", "lastCell", last);
        }

        values.Add("limit", limit);
        sql.Append(" ORDER BY submitted_at DESC, seq DESC LIMIT @limit");
        IEnumerable<RequestRow> rows = await QueryAsync<RequestRow>(sql.ToString(), values, cancellation).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToView())];

        void Add(string condition, string name, object? value)
        {
            if (value is not null)
            {
                sql.Append(" AND ").Append(condition);
                values.Add(name, value);
            }
        }
    }

    public void Dispose() => _room.Dispose();

    /// <summary>The least and the greatest index of a cell's descendants of <see cref="RequestView.CellResolution"/>.</summary>
    internal static (long First, long Last) Descendants(CellIndex cell)
    {
        CellIndex first = cell.CenterChild(RequestView.CellResolution);
        int shift = 45 - (3 * RequestView.CellResolution);
        ulong open = (1UL << (3 * (RequestView.CellResolution - cell.Resolution))) - 1;
        return ((long)first.Value, (long)(first.Value | (open << shift)));
    }

    private async Task<List<T>> FindAsync<T>(string table, string columns, IEnumerable<string> ids, CancellationToken cancellation)
    {
        List<T> found = [];
        foreach (string[] chunk in ids.Chunk(MaxNamed))
        {
            // Few lengths, so that few statements: the last id is named again until the next power of two.
            int length = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)chunk.Length);
            DynamicParameters values = new();
            for (int i = 0; i < length; i++)
            {
                values.Add($"id{i}", chunk[Math.Min(i, chunk.Length - 1)]);
            }

            // One by one: of a list Dapper makes such parameters for SQLite, and an array, which IN does not take, for PostgreSQL.
            string named = string.Join(", ", values.ParameterNames.Select(name => "@" + name));
            found.AddRange(await QueryAsync<T>($"SELECT {columns} FROM {table} WHERE id IN ({named})", values, cancellation).ConfigureAwait(false));
        }

        return found;
    }

    private Task<IEnumerable<T>> QueryAsync<T>(string sql, object? values, CancellationToken cancellation) =>
        AskAsync(connection => connection.QueryAsync<T>(Command(sql, values, cancellation)), cancellation);

    private async Task<T> AskAsync<T>(Func<DbConnection, Task<T>> ask, CancellationToken cancellation)
    {
        await _room.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await using DbConnection connection = await data.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            return await ask(connection).ConfigureAwait(false);
        }
        catch (DbException fault)
        {
            throw new StoreException("The store does not answer.", fault);
        }
        finally
        {
            _room.Release();
        }
    }

    private static Task<long> ReadProgressAsync(DbConnection connection, DbTransaction? moment, CancellationToken cancellation) =>
        connection.QuerySingleOrDefaultAsync<long>(Command("SELECT seq FROM read_progress WHERE id = 1", null, cancellation, moment));

    private static ValueTask<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellation) =>
        connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);

    private static async Task<DutyContents> ReadDutyAsync(DbConnection connection, DbTransaction? moment, long firstQuarter, CancellationToken cancellation) => new(
        await connection.QueryAsync<DutyRow>(Command(SelectDuty, new { firstQuarter }, cancellation, moment)).ConfigureAwait(false),
        await connection.QueryAsync<DutyNowRow>(Command(SelectDutyNow, null, cancellation, moment)).ConfigureAwait(false));

    private static CommandDefinition Command(string sql, object? values, CancellationToken cancellation, DbTransaction? moment = null) =>
        new(sql, values, moment, cancellationToken: cancellation);
}
