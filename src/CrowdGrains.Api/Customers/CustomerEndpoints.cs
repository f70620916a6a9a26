using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Keys;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using Microsoft.AspNetCore.Http;

namespace CrowdGrains.Api.Customers;

/// <summary>A customer's right to be forgotten.</summary>
internal static class CustomerEndpoints
{
    public static void Map(Routes routes, ApiServices api)
    {
        CustomerEraser eraser = new(api);
        routes.Delete(
                "/v1/customers/{id}",
                "Erases a customer's personal data from requests, events and lists; what happened, and is counted, stays. Can be repeated.",
                call => DeleteAsync(call, eraser))
            .WithTag("customers").ByTheLeader().For(Scopes.Staff).AnswersNothing().Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
    }

    private static async ValueTask<Reply> DeleteAsync(Call call, CustomerEraser eraser)
    {
        // What stands in place of the erased is nobody's id.
        if (!Identifier.IsValid(call.Path("id")) || call.Path("id") == CustomerId.Erased.Value)
        {
            return Reply.NotFound("customer");
        }

        return await eraser.EraseAsync(CustomerId.From(call.Path("id")), call.Actor, call.Cancellation).ConfigureAwait(false) is { } fault
            ? fault
            : Reply.NoContent;
    }
}
