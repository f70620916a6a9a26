using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Keys;
using CrowdGrains.Api.Paging;
using CrowdGrains.Api.Problems;
using CrowdGrains.Client.Contract;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Api.Helpers;

/// <summary>The list of helpers, by id: which there are says the read model, what they are each helper itself.</summary>
internal static class HelperLists
{
    public static void Map(Routes routes) =>
        routes.Get("/v1/helpers", "All helpers; with a partner's key its own.", ListAsync).WithTag("helpers").For(Scopes.Staff | Scopes.Partner)
            .Pages().Answers<Page<Helper>>();

    private static async ValueTask<Reply> ListAsync(Call call)
    {
        if (!PageQuery.TryRead(call, out PageQuery query, out Fault? fault))
        {
            return fault;
        }

        if (query.After is { } after && !Identifier.IsValid(after))
        {
            return PageQuery.BadCursor;
        }

        IReadOnlyList<HelperId> ids = await call.Api.Reads.ListHelpersAsync(
            call.Caller.Partner, query.After is null ? null : HelperId.From(query.After), query.Limit + 1, call.Cancellation).ConfigureAwait(false);
        Page<HelperId> page = query.Cut(ids, id => id.Value);
        HelperSnapshot?[] helpers = await Task.WhenAll(
            page.Data.Select(id => call.Engine.FindHelperAsync(id, call.Cancellation).AsTask())).ConfigureAwait(false);
        return Reply.Ok(
            new Page<Helper>([.. helpers.OfType<HelperSnapshot>().Where(call.Caller.MaySee).Select(helper => helper.ToContract())], page.NextCursor),
            ContractJson.Default.PageHelper);
    }
}
