using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Offers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.Simulation.Faults;

namespace CrowdGrains.Simulation.Tests.Checks;

/// <summary>Rules broken on purpose, one each, as a careless change would break them. Their names say what no longer holds.</summary>
internal static class PlantedBugs
{
    /// <summary>By name; a new one for each run, as some remember what they have seen.</summary>
    public static IReadOnlyDictionary<string, Func<Saboteur>> All { get; } = new Dictionary<string, Func<Saboteur>>
    {
        ["effects leave before the write"] = () => new Hasty(),
        ["a second activation speaks from an old record"] = () => new Trusting(),
        ["a write does not look at the version"] = () => new Overwriting(),
        ["a second acceptance is taken, too"] = () => new AssignsTwice(),
        ["losers are not told"] = () => new Mute<WithdrawOffer>(),
        ["the end of a job is not told"] = () => new Mute<ReleaseHelper>(),
        ["the end of a job is told once only"] = () => new Unarmed(TimerKey.RequestRelease),
        ["a verdict is asked for once only"] = () => new Unarmed(TimerKey.HelperVerdict),
        ["nobody looks after offers that are out"] = () => new Unarmed(TimerKey.RequestOffers),
        ["reservations do not end"] = () => new Unarmed(TimerKey.HelperReservation),
        ["requests have no deadline"] = () => new Unarmed(TimerKey.RequestDeadline),
        ["an overdue visit is never noticed"] = () => new Unarmed(TimerKey.RequestVisit),
        ["timers are not armed again after a restart"] = () => new Forgetful(),
        ["the number of an offer is used again"] = () => new ReusesOfferId(),
        ["a visit is paid twice"] = () => new PaysTwice(),
        ["a visit is paid by the wrong rung"] = () => new PaysWrong(),
        ["an offer is accepted after its time"] = () => new AcceptsLate(),
        ["a repeated command is carried out again"] = () => new ForgetsOperations(),
        ["an acceptance is not written"] = () => new DoesNotWrite<AcceptOffer>(),
        ["an assignment is not written"] = () => new DoesNotWrite<OfferAccepted>(),
        ["an event is not logged"] = () => new LosesEvents(),
        ["capacity does not count"] = () => new IgnoresCapacity(),
        ["an acceptance is granted before the verdict"] = () => new GrantsEarly(),
        ["an offer that comes twice is two"] = () => new IssuesTwice(),
        ["an order is granted though the helper refuses"] = () => new GrantsRefusedOrders(),
        ["a trip that a dispatcher ends is not paid"] = () => new WithdrawsForNothing(),
    };

    private sealed class Hasty : Saboteur
    {
        public override bool IsHasty => true;
    }

    private sealed class Trusting : Saboteur
    {
        public override bool TrustsMemory => true;
    }

    private sealed class Overwriting : Saboteur
    {
        public override bool Overwrites => true;
    }

    private sealed class Forgetful : Saboteur
    {
        public override bool Rearms(GrainState state, TimerKey timer) => false;
    }

    private sealed class Mute<TMessage> : Saboteur
        where TMessage : Message
    {
        public override void After(GrainState state, Message message, TurnOutcome outcome, List<Effect> effects) =>
            effects.RemoveAll(effect => effect is { Kind: EffectKind.Send, Message: TMessage });
    }

    private sealed class Unarmed(TimerKey timer) : Saboteur
    {
        public override Message? Before(GrainState state, Message message) => message is TimerFired fired && fired.Key == timer ? null : message;
    }

    private sealed class DoesNotWrite<TMessage> : Saboteur
        where TMessage : Message
    {
        public override bool Writes(GrainState state, Message message) => message is not TMessage;
    }

    private sealed class AssignsTwice : Saboteur
    {
        private readonly Dictionary<OfferId, LiveOffer> _losers = [];

        public override Message? Before(GrainState state, Message message)
        {
            if (state is RequestState request && message is OfferAccepted accepted)
            {
                request.Live.ForEach(live => _losers[live.Offer] = live);
                if (request.Assignment is { } assigned && assigned.Offer != accepted.Offer && _losers.TryGetValue(accepted.Offer, out LiveOffer? loser))
                {
                    request.Assignment = null;
                    request.Live.Add(loser);
                }
            }

            return message;
        }
    }

    private sealed class ReusesOfferId : Saboteur
    {
        public override Message? Before(GrainState state, Message message)
        {
            if (state is RequestState { Live.Count: 0, Assignment: null } request)
            {
                request.OfferCount = 0;
            }

            return message;
        }
    }

    private sealed class PaysTwice : Saboteur
    {
        public override void After(GrainState state, Message message, TurnOutcome outcome, List<Effect> effects)
        {
            if (effects.Exists(effect => effect is { Kind: EffectKind.Emit, Event: RequestCompleted }))
            {
                Effect paid = effects.Find(effect => effect is { Kind: EffectKind.Emit, Event: RequestCompleted });
                effects.Add(Effect.Emit(state.Id, ++state.EventCount, paid.Event));
            }
        }
    }

    private sealed class PaysWrong : Saboteur
    {
        public override void After(GrainState state, Message message, TurnOutcome outcome, List<Effect> effects)
        {
            for (int i = 0; i < effects.Count; i++)
            {
                if (effects[i] is { Kind: EffectKind.Emit, Event: RequestVisitUnresolved unresolved })
                {
                    effects[i] = Effect.Emit(state.Id, effects[i].Sequence, unresolved with { Fee = unresolved.Fee with { Amount = 3500 } });
                }
            }
        }
    }

    private sealed class AcceptsLate : Saboteur
    {
        public override void After(GrainState state, Message message, TurnOutcome outcome, List<Effect> effects)
        {
            if (state is HelperState helper && message is IssueOffer issued)
            {
                int at = helper.Promised.FindIndex(commitment => commitment is Reserved && commitment.Offer == issued.Offer);
                if (at >= 0 && helper.Promised[at] is Reserved reserved && reserved.ExpiresAt == issued.ExpiresAt)
                {
                    helper.Promised[at] = reserved with { ExpiresAt = reserved.ExpiresAt + TimeSpan.FromMinutes(1) };
                }
            }
        }
    }

    private sealed class ForgetsOperations : Saboteur
    {
        public override Message? Before(GrainState state, Message message)
        {
            state.Operations.Restore([], 0);
            return message;
        }
    }

    private sealed class LosesEvents : Saboteur
    {
        public override void After(GrainState state, Message message, TurnOutcome outcome, List<Effect> effects) =>
            effects.RemoveAll(effect => effect is { Kind: EffectKind.Emit, Event: OfferMoved { Step: OfferStep.Expired } });
    }

    private sealed class IgnoresCapacity : Saboteur
    {
        public override Message? Before(GrainState state, Message message)
        {
            if (state is HelperState { Card: { } card } helper && message is IssueOffer && helper.Promised.Count == card.Profile.Capacity)
            {
                helper.Card = card with { Profile = card.Profile with { Capacity = card.Profile.Capacity + 1 } };
            }

            return message;
        }
    }

    private sealed class GrantsEarly : Saboteur
    {
        public override void After(GrainState state, Message message, TurnOutcome outcome, List<Effect> effects)
        {
            if (message is AcceptOffer accept && outcome == TurnOutcome.Durable)
            {
                effects.Add(Effect.Reply(state.Id, accept.Operation, Answer.Ok));
            }
        }
    }

    private sealed class GrantsRefusedOrders : Saboteur
    {
        public override void After(GrainState state, Message message, TurnOutcome outcome, List<Effect> effects)
        {
            for (int i = 0; i < effects.Count; i++)
            {
                if (message is OfferRefused && effects[i].Kind == EffectKind.Reply)
                {
                    effects[i] = Effect.Reply(state.Id, effects[i].Operation, Answer.Ok);
                }
            }
        }
    }

    private sealed class WithdrawsForNothing : Saboteur
    {
        public override void After(GrainState state, Message message, TurnOutcome outcome, List<Effect> effects)
        {
            for (int i = 0; i < effects.Count; i++)
            {
                if (effects[i] is { Kind: EffectKind.Emit, Event: RequestWithdrawn withdrawn })
                {
                    effects[i] = Effect.Emit(state.Id, effects[i].Sequence, withdrawn with { TripPay = withdrawn.TripPay with { Amount = 0 } });
                }
            }
        }
    }

    private sealed class IssuesTwice : Saboteur
    {
        public override Message? Before(GrainState state, Message message)
        {
            if (state is HelperState helper && message is IssueOffer issued)
            {
                helper.Promised.RemoveAll(commitment => commitment is Reserved && commitment.Offer == issued.Offer);
            }

            return message;
        }
    }
}
