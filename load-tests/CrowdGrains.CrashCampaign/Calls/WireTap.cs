namespace CrowdGrains.CrashCampaign.Calls;

/// <summary>One call as it went over the wire.</summary>
internal sealed class WireRecord
{
    /// <summary>The secret of the key it was made with.</summary>
    public required string Secret { get; init; }

    /// <summary>Leaves out the Idempotency-Key that the client makes by itself.</summary>
    public bool IsUnkeyed { get; init; }

    public string Path { get; set; } = "";

    public byte[] Sent { get; set; } = [];

    public int Status { get; set; }

    public byte[] Received { get; set; } = [];

    public string? ETag { get; set; }
}

/// <summary>Writes down what a call sent and got, for the call's own <see cref="WireRecord"/>.</summary>
internal sealed class WireTap(HttpMessageHandler transport) : DelegatingHandler(transport)
{
    private static readonly AsyncLocal<WireRecord?> Record = new();

    /// <summary>Calls made from here on, in this flow, are written down here.</summary>
    public static void RecordIn(WireRecord? record) => Record.Value = record;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Record.Value is not { } record)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        if (record.IsUnkeyed)
        {
            request.Headers.Remove("Idempotency-Key");
        }

        record.Path = request.RequestUri?.PathAndQuery ?? "";
        record.Sent = request.Content is { } body ? await body.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false) : [];
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        record.Received = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        record.ETag = response.Headers.ETag?.Tag;
        record.Status = (int)response.StatusCode;
        return response;
    }
}
