using CrowdGrains.Api.Calls;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Stores;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CrowdGrains.Api.Problems;

/// <summary>The edge: whatever goes wrong inside leaves as a problem. Exceptions are logged here, once, and nowhere else.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        Fault? fault;
        try
        {
            await next(context).ConfigureAwait(false);
            fault = FaultOfStatus(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = ClientClosedRequest;
            }

            return;
        }
        catch (UnavailableException refusal)
        {
            fault = FaultOf(refusal);
        }
        catch (StoreException broken)
        {
            LogStore(context.Request.Method, context.Request.Path, broken.Message, broken.GetBaseException().Message);
            fault = new Fault(ProblemKind.StoreUnavailable) { RetryAfter = TimeSpan.FromSeconds(1) };
        }
        catch (BadHttpRequestException bad)
        {
            // What comes next on the connection cannot be told from the rest of this body.
            fault = new Fault(ProblemKind.Of(bad.StatusCode), bad.Message) { EndsConnection = true };
        }
        catch (IOException bad) when (bad.InnerException is OverflowException)
        {
            // A chunk whose size is no 32-bit number: the web server has no exception of its own for it.
            fault = new Fault(ProblemKind.BadRequest, bad.Message) { EndsConnection = true };
        }
        catch (ConnectionResetException)
        {
            context.Abort();
            return;
        }
        catch (IOException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // The edge: an exception must not tear the connection down without an answer.
        catch (Exception unexpected)
#pragma warning restore CA1031
        {
            LogUnexpected(context.Request.Method, context.Request.Path, unexpected);
            fault = new Fault(ProblemKind.Internal);
        }

        if (fault is not null)
        {
            await SendAsync(context, fault).ConfigureAwait(false);
        }
    }

    private static Fault? FaultOfStatus(HttpContext context) =>
        context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null } response
            ? new Fault(ProblemKind.Of(response.StatusCode), response.StatusCode switch
            {
                StatusCodes.Status404NotFound => $"Nothing is served at {context.Request.Path}.",
                StatusCodes.Status405MethodNotAllowed => $"Allowed are {response.Headers.Allow}.",
                _ => null,
            })
            : null;

    private static Fault FaultOf(UnavailableException refusal) => new(refusal.Reason switch
    {
        UnavailableReason.StoreUnavailable => ProblemKind.StoreUnavailable,
        UnavailableReason.Stopping => ProblemKind.Stopping,
        _ => ProblemKind.Overloaded,
    })
    {
        RetryAfter = refusal.RetryAfter,
    };

    private static async Task SendAsync(HttpContext context, Fault fault)
    {
        if (context.Response.HasStarted)
        {
            // The status is out: all that is left is to let the client see that the answer is not whole.
            context.Abort();
            return;
        }

        string? allow = context.Response.Headers.Allow;
        context.Response.Clear();
        SecurityHeaders.Set(context.Response.Headers);
        if (allow is not null)
        {
            context.Response.Headers.Allow = allow;
        }

        await Reply.Refused(fault).SendAsync(context).ConfigureAwait(false);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private partial void LogUnexpected(string method, PathString path, Exception unexpected);

    // In words: while the store is away every call says so, and stacks would bury what else the log has to say.
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} needs the store, and it does not answer: {Reason} ({Cause})")]
    private partial void LogStore(string method, PathString path, string reason, string cause);
}
