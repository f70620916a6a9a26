namespace CrowdGrains.Api.Problems;

/// <summary>A kind of problem: its stable code, the status it goes with, and a title for people. The list is complete: nothing else goes out.</summary>
internal sealed record ProblemKind(string Code, int Status, string Title)
{
    public static readonly ProblemKind BadRequest = new("bad-request", 400, "The request is not valid HTTP for this interface.");
    public static readonly ProblemKind InvalidJson = new("invalid-json", 400, "The body is not valid JSON.");
    public static readonly ProblemKind Invalid = new("invalid", 400, "A field of the body is missing or not valid.");
    public static readonly ProblemKind InvalidParameter = new("invalid-parameter", 400, "A parameter or header is not valid.");
    public static readonly ProblemKind Unauthorized = new("unauthorized", 401, "A valid key is needed.");
    public static readonly ProblemKind Forbidden = new("forbidden", 403, "The key does not allow this.");
    public static readonly ProblemKind NotFound = new("not-found", 404, "There is no such thing.");
    public static readonly ProblemKind MethodNotAllowed = new("method-not-allowed", 405, "The method is not allowed here.");
    public static readonly ProblemKind RequestTimeout = new("request-timeout", 408, "The body did not arrive in time.");
    public static readonly ProblemKind AlreadyExists = new("already-exists", 409, "The id is taken.");
    public static readonly ProblemKind WrongState = new("wrong-state", 409, "It is not in a state that allows this.");
    public static readonly ProblemKind NotAssignedHelper = new("not-assigned-helper", 409, "The helper is not the one assigned.");
    public static readonly ProblemKind OfferLost = new("offer-lost", 409, "Another helper was first.");
    public static readonly ProblemKind OfferExpired = new("offer-expired", 409, "The offer's time is over.");
    public static readonly ProblemKind OfferWithdrawn = new("offer-withdrawn", 409, "The offer was withdrawn.");
    public static readonly ProblemKind OfferDeclined = new("offer-declined", 409, "The helper declined.");
    public static readonly ProblemKind HelperUnknown = new("helper-unknown", 409, "Nobody is called that.");
    public static readonly ProblemKind HelperOffline = new("helper-offline", 409, "The helper is not on duty.");
    public static readonly ProblemKind HelperFull = new("helper-full", 409, "The helper has no time left.");
    public static readonly ProblemKind RepeatInProgress = new("idempotency-key-in-use", 409, "A request with this Idempotency-Key is under way.");
    public static readonly ProblemKind LimitReached = new("limit-reached", 409, "There may not be more of these.");
    public static readonly ProblemKind VersionMismatch = new("version-mismatch", 412, "It has changed since the version named by If-Match.");
    public static readonly ProblemKind BodyTooLarge = new("body-too-large", 413, "The body is too large.");
    public static readonly ProblemKind UnsupportedMediaType = new("unsupported-media-type", 415, "The body is not of a media type that is read here.");
    public static readonly ProblemKind KeyReused = new("idempotency-key-reused", 422, "The Idempotency-Key was used for a different request.");
    public static readonly ProblemKind TooManyRequests = new("too-many-requests", 429, "The key makes too many calls.");
    public static readonly ProblemKind Internal = new("internal", 500, "Something went wrong here; it was logged.");
    public static readonly ProblemKind Overloaded = new("overloaded", 503, "There is too much to do; try again.");
    public static readonly ProblemKind StoreUnavailable = new("store-unavailable", 503, "The store does not take writes; try again.");
    public static readonly ProblemKind NoLeader = new("no-leader", 503, "The server that does this is being replaced; try again.");
    public static readonly ProblemKind Stopping = new("stopping", 503, "The server is starting or stopping; try again.");

    /// <summary>The <c>type</c> of RFC 9457.</summary>
    public string Type { get; } = $"https://crowdgrains.dev/problems/{Code}";

    /// <summary>The kind for a bare status that the web server set.</summary>
    public static ProblemKind Of(int status) => status switch
    {
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        408 => RequestTimeout,
        413 => BodyTooLarge,
        415 => UnsupportedMediaType,
        429 => TooManyRequests,
        503 => Overloaded,
        >= 500 => Internal,
        _ => BadRequest,
    };
}
