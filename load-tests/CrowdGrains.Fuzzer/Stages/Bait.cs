using System.Globalization;
using CrowdGrains.Fuzzer.Oracle;

namespace CrowdGrains.Fuzzer.Stages;

/// <summary>
/// A helper that is kept on duty at a place where nobody else is, and requests there that it is offered and never takes: their exact
/// places must not show in anything a helper or partner is answered.
/// </summary>
internal sealed class Bait(Stage stage, StaffClient client)
{
    public const string Place = """{"lat":35.7,"lng":139.7}""";
    private int _made;

    /// <summary>How many requests were put out.</summary>
    public int Made => _made;

    /// <summary>Keeps the helper from going stale and puts out one more request.</summary>
    public async Task RenewAsync(CancellationToken cancellation)
    {
        string key = stage.Keys.Secret(Identity.Bait);
        await client.SendAsync("PUT", $"/v1/helpers/{Known.Bait}/position", key, Place, cancellation).ConfigureAwait(false);
        _made++;

        // Seven digits behind the point, the last not 0: as they are written they are shown.
        string lat = Marker.PlacePrefix + _made.ToString("D4", CultureInfo.InvariantCulture) + "7";
        string lng = "139.71" + _made.ToString("D4", CultureInfo.InvariantCulture) + "3";
        stage.Secrets.Add(new Marker(lat, Identity.Admin, Identity.Dispatch));
        stage.Secrets.Add(new Marker(lng, Identity.Admin, Identity.Dispatch));
        string request = $$$"""{"id":"bait-{{{_made}}}","customerId":"bait-{{{_made}}}","problem":"router-setup","position":{"lat":{{{lat}}},"lng":{{{lng}}}},"channel":"web","description":"{{{stage.Text("H")}}}"}""";
        await client.SendAsync("POST", "/v1/requests", stage.Keys.Secret(Identity.Dispatch), request, cancellation).ConfigureAwait(false);
    }
}
