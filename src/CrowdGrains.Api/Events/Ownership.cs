using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Hosting.Engines;
using CrowdGrains.Hosting.Events;

namespace CrowdGrains.Api.Events;

/// <summary>
/// Which partner a helper or request belongs to, if any: remembered from events that pass, else asked of the engine. Bounded: of two
/// generations the older is forgotten when the younger is full.
/// </summary>
internal sealed class Ownership(IDispatchEngine engine, EventOptions options)
{
    private readonly int _generation = Math.Max(1, options.RememberedOwners / 2);
    private readonly Lock _lock = new();
    private Dictionary<GrainId, Owner> _young = [];
    private Dictionary<GrainId, Owner> _old = [];

    /// <summary>Takes note of whose it is, where the event says so.</summary>
    public void Learn(LoggedEvent happened)
    {
        // The types are compared first: old events are parsed only when needed.
        if (happened.Row.Type is not ("request.submitted" or "helper.registered" or "helper.updated"))
        {
            return;
        }

        PartnerId? partner = happened.Event switch
        {
            RequestSubmitted submitted => submitted.Spec.Partner,
            HelperRegistered registered => registered.Profile.Partner,
            HelperUpdated updated => updated.Profile.Partner,
            _ => null,
        };
        Remember(happened.Row.Grain, new(partner, happened.Row.Sequence));
    }

    /// <exception cref="UnavailableException">It is not remembered and the engine cannot say it now.</exception>
    public ValueTask<PartnerId?> FindAsync(GrainId grain, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_young.TryGetValue(grain, out Owner owner))
            {
                return ValueTask.FromResult(owner.Partner);
            }

            if (_old.TryGetValue(grain, out owner))
            {
                Keep(grain, owner);
                return ValueTask.FromResult(owner.Partner);
            }
        }

        return AskAsync(grain, cancellation);
    }

    private async ValueTask<PartnerId?> AskAsync(GrainId grain, CancellationToken cancellation)
    {
        // What happens while the engine is asked may be newer than its answer.
        long sequence = engine.Events.LastSequence;
        PartnerId? partner = grain.Kind == GrainKind.Request
            ? (await engine.FindRequestAsync(RequestId.From(grain.Name), cancellation).ConfigureAwait(false))?.Submission.Spec.Partner
            : (await engine.FindHelperAsync(HelperId.From(grain.Name), cancellation).ConfigureAwait(false))?.Card.Profile.Partner;
        return Remember(grain, new(partner, sequence));
    }

    /// <summary>The newest that is known: a reader of old events does not undo what is known from newer ones.</summary>
    private PartnerId? Remember(GrainId grain, Owner owner)
    {
        lock (_lock)
        {
            if ((_young.TryGetValue(grain, out Owner known) || _old.TryGetValue(grain, out known)) && known.Sequence > owner.Sequence)
            {
                owner = known;
            }

            Keep(grain, owner);
            return owner.Partner;
        }
    }

    private void Keep(GrainId grain, Owner owner)
    {
        if (_young.Count >= _generation && !_young.ContainsKey(grain))
        {
            (_young, _old) = (_old, _young);
            _young.Clear();
        }

        _young[grain] = owner;
    }

    /// <param name="Sequence">As of which event.</param>
    private readonly record struct Owner(PartnerId? Partner, long Sequence);
}
