using System.Diagnostics;
using OpenTelemetry;

namespace CrowdGrains.Api.Telemetry;

/// <summary>Takes from spans what names somebody: paths hold ids, and Orleans tells which grain it was. The route and the method stay.</summary>
internal sealed class PlainSpans : BaseProcessor<Activity>
{
    private static readonly string[] Naming = ["url.path", "url.query", "url.full", "user_agent.original", "client.address", "network.peer.address"];

    public override void OnEnd(Activity data)
    {
        List<string>? removed = null;
        foreach ((string key, object? _) in data.EnumerateTagObjects())
        {
            if (Naming.Contains(key) || key.EndsWith(".id", StringComparison.Ordinal) || key.EndsWith("_id", StringComparison.Ordinal))
            {
                (removed ??= []).Add(key);
            }
        }

        foreach (string key in removed ?? [])
        {
            data.SetTag(key, null);
        }
    }
}
