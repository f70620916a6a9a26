namespace CrowdGrains.Client.Transport;

/// <summary>When a call may be made once more.</summary>
internal enum Repeat
{
    /// <summary>Only when the server cannot have done anything: it was not reached, or it refused at the door (429).</summary>
    IfNotDone,

    /// <summary>Always: twice is the same as once.</summary>
    Always,
}

/// <summary>One call, the same in every try.</summary>
/// <param name="Path">Relative to the base address.</param>
/// <param name="Body">JSON; null for none.</param>
internal sealed record Call(HttpMethod Method, string Path, byte[]? Body, Repeat Repeat)
{
    public string? IdempotencyKey { get; init; }

    public string? IfMatch { get; init; }

    /// <summary>After this long a further try is of no use; null when it always is.</summary>
    public TimeSpan? UsefulFor { get; init; }

    public static Call Get(string path) => new(HttpMethod.Get, path, null, Repeat.Always);

    public static Call Delete(string path, CallOptions? options) =>
        new(HttpMethod.Delete, path, null, Repeat.Always) { IfMatch = options?.IfMatch };

    /// <summary>The key makes a repeat safe.</summary>
    public static Call Post(string path, byte[]? body, CallOptions? options) => new(HttpMethod.Post, path, body, Repeat.Always)
    {
        IdempotencyKey = options?.IdempotencyKey ?? Guid.CreateVersion7().ToString("N"),
        IfMatch = options?.IfMatch,
    };

    /// <summary>A repeat could undo what somebody else changed in between.</summary>
    public static Call Patch(string path, byte[] body, CallOptions? options) =>
        new(HttpMethod.Patch, path, body, Repeat.IfNotDone) { IfMatch = options?.IfMatch };

    public HttpRequestMessage ToMessage()
    {
        HttpRequestMessage message = new(Method, new Uri(Path, UriKind.Relative));
        if (Method != HttpMethod.Get)
        {
            // Empty rather than none: without a body the handler repeats a call by itself when the connection breaks, and does not say so.
            message.Content = new ByteArrayContent(Body ?? []);
        }

        if (Body is not null)
        {
            message.Content?.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }

        if (IdempotencyKey is not null)
        {
            message.Headers.TryAddWithoutValidation("Idempotency-Key", IdempotencyKey);
        }

        if (IfMatch is not null)
        {
            message.Headers.TryAddWithoutValidation("If-Match", IfMatch);
        }

        return message;
    }
}
