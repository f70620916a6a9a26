using System.Globalization;
using CrowdGrains.Client.Contract;
using CrowdGrains.CrashCampaign.Books;
using CrowdGrains.CrashCampaign.Calls;

namespace CrowdGrains.CrashCampaign.Crowds;

/// <summary>A helper and the device in its hand, with a key of its own: takes offers, or not, and does its jobs, one step after another.</summary>
internal sealed class Device(string id, Tier tier, int town, Courier staff, Book book, Gate gate, Random random)
{
    private const double Keyed = 0.7;

    private readonly HashSet<string> _ignored = new(StringComparer.Ordinal);
    private Courier? _own;
    private int _names;
    private int _seen;

    /// <summary>Takes every offer and finishes every job, so that all comes to its end.</summary>
    public bool IsDiligent { get; set; }

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await gate.OpenedAsync(cancellation).ConfigureAwait(false);
            await StepAsync(cancellation).ConfigureAwait(false);
            await Task.Delay(random.Next(10, 120), cancellation).ConfigureAwait(false);
        }
    }

    private async Task StepAsync(CancellationToken cancellation)
    {
        if (_own is not { } own)
        {
            await RegisterAsync(cancellation).ConfigureAwait(false);
            return;
        }

        // Where a helper is, the server has forgotten.
        if (_seen != gate.Openings || random.NextDouble() < 0.1)
        {
            _seen = gate.Openings;
            await own.AskAsync((client, token) => ReportAsync(client, token), cancellation).ConfigureAwait(false);
        }

        if (book.Read(FindJob) is { } job)
        {
            await WorkAsync(own, job.Request, job.Offer, job.Reached, cancellation).ConfigureAwait(false);
        }
        else if (!IsDiligent && random.NextDouble() < 0.06)
        {
            await ChangeAsync(own, cancellation).ConfigureAwait(false);
        }
        else
        {
            await LookForOffersAsync(own, cancellation).ConfigureAwait(false);
        }
    }

    private async Task RegisterAsync(CancellationToken cancellation)
    {
        HelperRegistration registration = new()
        {
            Id = id, Name = id, Tier = tier, Skills = [new Skill("router", 3)], Languages = ["en"], RadiusMeters = 6000, Position = City.Place(town, random),
        };
        Deed deed = Deed.OfHelper("register", id, file => file.Had("helper.registered") && file.Had("helper.online"));
        await staff.TellAsync(deed, DrawKey(), (client, options, token) => client.Helpers.CreateAsync(registration, options, token), cancellation).ConfigureAwait(false);

        // Whether that was answered or not.
        await staff.TellAsync(deed with { Name = "register again " + id }, staff.Ledger.NextKey(), (client, options, token) => client.Helpers.CreateAsync(registration, options, token), cancellation)
            .ConfigureAwait(false);
        Answered? made = await staff.TellAsync(
            new Deed("make a key for " + id, null, null, _ => true), staff.Ledger.NextKey(),
            (client, options, token) => client.Keys.CreateAsync("helper:" + id, id, options, token), cancellation).ConfigureAwait(false);
        _own = made?.Value is Key { Secret: { } secret } ? staff.For(secret) : null;
    }

    private async Task<bool> ReportAsync(Client.CrowdGrainsClient client, CancellationToken cancellation)
    {
        Position place = City.Place(town, random);
        await client.Helpers.ReportPositionAsync(id, new PositionUpdate { Lat = place.Lat, Lng = place.Lng }, cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>The job the helper has, by what was heard.</summary>
    private (string Request, string Offer, RequestStatus Reached)? FindJob()
    {
        if (book.Helpers.TryGetValue(id, out HelperFile? file))
        {
            foreach ((string offer, string request) in file.Open)
            {
                if (file.StatusOf(offer) == OfferStatus.Confirmed && book.Requests[request].Current is { } visit && visit.Offer == offer)
                {
                    return (request, offer, visit.Reached);
                }
            }
        }

        return null;
    }

    private async Task WorkAsync(Courier own, string request, string offer, RequestStatus reached, CancellationToken cancellation)
    {
        double draw = IsDiligent ? 1 : random.NextDouble();
        bool isResolved = IsDiligent || random.NextDouble() < 0.8;
        if (draw < 0.08)
        {
            await own.TellAsync(
                Did("abort", visit => visit.Outcome == "aborted"), DrawKey(),
                (client, options, token) => client.Requests.AbortAsync(request, "it rains", options, token), cancellation).ConfigureAwait(false);
        }
        else if (reached == RequestStatus.Assigned)
        {
            await own.TellAsync(
                Did("set out to", visit => visit.Reached >= RequestStatus.EnRoute), DrawKey(),
                (client, options, token) => client.Requests.SetOutAsync(request, options, token), cancellation).ConfigureAwait(false);
        }
        else if (reached == RequestStatus.EnRoute)
        {
            await own.TellAsync(
                Did("arrive at", visit => visit.Reached == RequestStatus.OnSite), DrawKey(),
                (client, options, token) => client.Requests.ArriveAsync(request, options, token), cancellation).ConfigureAwait(false);
        }
        else
        {
            await own.TellAsync(
                Did("complete", visit => visit.Outcome is "resolved" or "unresolved"), DrawKey(),
                (client, options, token) => client.Requests.CompleteAsync(request, isResolved, options, token), cancellation).ConfigureAwait(false);
        }

        Deed Did(string verb, Func<VisitFile, bool> isDone) => Deed.OfRequest(
            verb, request, file => file.Visits.Any(visit => visit.Helper == id && isDone(visit))) with { Helper = id, Name = $"{verb} {request} by {offer}" };
    }

    private async Task LookForOffersAsync(Courier own, CancellationToken cancellation)
    {
        Page<Offer>? page = await own.AskAsync((client, token) => client.Helpers.ListOffersAsync(id, OfferStatus.Issued, null, token), cancellation).ConfigureAwait(false);
        if (page?.Data.FirstOrDefault(offer => !_ignored.Contains(offer.Id)) is not { } offer)
        {
            return;
        }

        double draw = IsDiligent ? 0 : random.NextDouble();
        if (draw < 0.8)
        {
            Deed accept = Deed.OfHelper("accept", id, file => file.StatusOf(offer.Id) is OfferStatus.Confirmed or OfferStatus.Released) with
            {
                Name = $"accept {offer.Id} for {offer.RequestId} by {id}", Request = offer.RequestId,
            };
            await own.TellAsync(accept, DrawKey(), (client, options, token) => client.Offers.AcceptAsync(offer.Id, options, token), cancellation).ConfigureAwait(false);
        }
        else if (draw < 0.92)
        {
            Deed decline = Deed.OfHelper("decline", id, file => file.StatusOf(offer.Id) == OfferStatus.Declined) with { Name = $"decline {offer.Id} by {id}" };
            Decline why = new(DeclineReason.Busy, random.Next(2) == 0 ? null : 1);
            await own.TellAsync(decline, DrawKey(), (client, options, token) => client.Offers.DeclineAsync(offer.Id, why, options, token), cancellation).ConfigureAwait(false);
        }
        else
        {
            // Left to expire.
            _ignored.Add(offer.Id);
        }
    }

    private async Task ChangeAsync(Courier own, CancellationToken cancellation)
    {
        switch (random.Next(3))
        {
            case 0:
                await own.TellAsync(
                    Deed.OfHelper("end the shift of", id, file => file.Had("helper.offline")), DrawKey(),
                    (client, options, token) => client.Helpers.GoOfflineAsync(id, options, token), cancellation).ConfigureAwait(false);
                break;
            case 1:
                await own.TellAsync(
                    Deed.OfHelper("break for", id, file => file.Had("helper.offline")), DrawKey(),
                    (client, options, token) => client.Helpers.TakeBreakAsync(id, options, token), cancellation).ConfigureAwait(false);
                break;
            default:
                string name = string.Create(CultureInfo.InvariantCulture, $"{id} the {++_names}.");
                await staff.TellAsync(
                    Deed.OfHelper("rename", id, file => file.Names.Contains(name)), null,
                    (client, options, token) => client.Helpers.PatchAsync(id, new HelperPatch { Name = name }, options, token), cancellation).ConfigureAwait(false);
                return;
        }

        GoOnline shift = new() { Position = City.Place(town, random) };
        await own.TellAsync(
            Deed.OfHelper("begin the shift of", id, file => file.Had("helper.online")), staff.Ledger.NextKey(),
            (client, options, token) => client.Helpers.GoOnlineAsync(id, shift, options, token), cancellation).ConfigureAwait(false);
    }

    private string? DrawKey() => random.NextDouble() < Keyed ? staff.Ledger.NextKey() : null;
}
