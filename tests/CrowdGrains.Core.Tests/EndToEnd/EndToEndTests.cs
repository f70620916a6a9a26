using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace CrowdGrains.Core.Tests.EndToEnd;

/// <summary>Several helpers and requests from submission to the end, through lost, doubled and reordered messages. A failure names its seed.</summary>
public sealed class EndToEndTests
{
    private const int Helpers = 6;
    private const int Requests = 10;
    private static readonly Instant FaultsUntil = ManualClock.Start + TimeSpan.FromHours(1);

    /// <summary>Long after the last deadline, with every visit and every release over.</summary>
    private static readonly Instant End = ManualClock.Start + TimeSpan.FromDays(4);

    [Fact]
    public void Requests_EndOnceAndNobodyStaysBound() => Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), Run)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Requests_AreAllServedWhenNothingGoesWrong()
    {
        Story story = new(seed: 1, faultsUntil: ManualClock.Start, isSmooth: true);
        story.Pump.RunUntil(End, story.CheckSafety);
        Assert.All(story.Pump.Requests, request => Assert.Equal(RequestStatus.Completed, request.Status));
        Assert.All(story.Pump.Helpers, helper => Assert.Empty(helper.Commitments));
    }

    [Fact]
    public void Run_IsTheSameForTheSameSeed() => Assert.Equal(Tell(4711), Tell(4711));

    private static void Run(int seed)
    {
        Story story = new(seed, FaultsUntil, isSmooth: false);
        story.Pump.RunUntil(End, story.CheckSafety);
        story.CheckEnd();
    }

    private static string Tell(int seed)
    {
        Story story = new(seed, FaultsUntil, isSmooth: false);
        story.Pump.RunUntil(End, story.CheckSafety);
        return string.Join('\n', story.Pump.Events.Select(happened => $"{happened.Grain} {Snapshot.Of(happened.Event)}"));
    }

    /// <summary>The people: devices that accept, decline or sleep, helpers who drive, fix, give up or vanish, customers who cancel and rate.</summary>
    private sealed class Story
    {
        private readonly bool _isSmooth;
        private readonly Dictionary<RequestId, int> _ends = [];
        private int _operations;
        private int _seen;

        public Story(int seed, Instant faultsUntil, bool isSmooth)
        {
            _isSmooth = isSmooth;
            Pump = new MessagePump(seed, TestRules.With(new() { EnoughCandidates = 2 })) { FaultsUntil = faultsUntil };
            Pump.OnEffect = Act;
            for (int i = 0; i < Helpers; i++)
            {
                StartShift(HelperId.From($"helper-{i}"), i);
            }

            for (int i = 0; i < Requests; i++)
            {
                Submit(RequestId.From($"request-{i}"), i);
            }
        }

        public MessagePump Pump { get; }

        public void CheckSafety()
        {
            if (_seen == Pump.Events.Count)
            {
                // What is checked changes in turns that emit.
                return;
            }

            for (; _seen < Pump.Events.Count; _seen++)
            {
                if (Pump.Events[_seen].Event is RequestCompleted or RequestCancelled or RequestUnserved or RequestAborted { IsFinal: true })
                {
                    RequestId request = RequestId.From(Pump.Events[_seen].Grain.Name);
                    Assert.True(_ends.TryAdd(request, _seen), $"{request} ended twice.");
                }
            }

            foreach (HelperState helper in Pump.Helpers)
            {
                Assert.True(helper.Card is null || helper.Commitments.Count <= helper.Card.Profile.Capacity, $"{helper.Helper} is over capacity.");
            }

            foreach (RequestState request in Pump.Requests)
            {
                int bound = Pump.Helpers.Sum(helper => helper.Commitments.Count(held =>
                    held is Bound && held.Request == request.Request && request.PendingReleases.All(release => release.Offer != held.Offer)));
                Assert.True(bound <= 1, $"{request.Request} has {bound} helpers.");
                Assert.True(request.Submission is null || request.Status.IsEnd() || request.Timers.Count > 0, $"{request.Request} is stuck.");
            }
        }

        public void CheckEnd()
        {
            Assert.Equal(Requests, Pump.Requests.Count());
            Assert.All(Pump.Requests, request =>
            {
                Assert.True(request.Status.IsEnd(), $"{request.Request} is {request.Status}.");
                Assert.True(_ends.ContainsKey(request.Request));
                Assert.Empty(request.PendingReleases);
                Assert.Equal(0, request.Timers.Count);
            });
            Assert.All(Pump.Helpers, helper => Assert.Empty(helper.Commitments));
        }

        private OperationId Op() => OperationId.From($"op-{++_operations}");

        private bool Happens(int percent) => !_isSmooth && Pump.Draw(100) < percent;

        private void StartShift(HelperId helper, int number)
        {
            HelperProfile profile = number % 3 == 0 ? Profiles.Technician : Profiles.Friend with { Capacity = 1 + (number % 2) };
            LatLng place = Sites.At(500 * number, 300 * number);
            Pump.Tell(helper, new RegisterHelper(Op(), profile), 0);
            Pump.Tell(helper, new GoOnline(Op(), place, null), 10);
            for (int seconds = 30; seconds < 4 * 3600; seconds += 30)
            {
                if (!Happens(10))
                {
                    Pump.Tell(helper, new PositionReported(Pump.Now + TimeSpan.FromSeconds(seconds), place), seconds * 1000);
                }
            }

            if (Happens(30))
            {
                Pump.Tell(helper, new TakeBreak(Op()), 600_000 + Pump.Draw(600_000));
            }

            Pump.Tell(helper, new GoOffline(Op()), 4 * 3600 * 1000);
        }

        private void Submit(RequestId request, int number)
        {
            SubmitRequest submit = new(Op(), RequestStage.Spec(number % 4 == 3 ? "lift" : "router") with
            {
                Preferred = number % 5 == 0 ? HelperId.From($"helper-{number % Helpers}") : null,
                NotBefore = number == 7 ? Pump.Now + TimeSpan.FromHours(1) : null,
                Severity = number == 2 ? Severity.High : null,
            });
            int at = 1000 + Pump.Draw(1_800_000);
            Pump.Tell(request, submit, at);
            Pump.Tell(request, submit, at + 500);
            if (Happens(20))
            {
                Pump.Tell(request, new CancelRequest(Op(), "no need"), at + 1000 + Pump.Draw(3_600_000));
            }
        }

        private void Act(Effect effect)
        {
            switch (effect)
            {
                case { Kind: EffectKind.Emit, Event: OfferMoved { Step: OfferStep.Issued } issued }:
                    Consider(issued);
                    break;
                case { Kind: EffectKind.Emit, Event: OfferMoved { Step: OfferStep.Confirmed } confirmed }:
                    Serve(confirmed.Helper, confirmed.Request);
                    break;
                case { Kind: EffectKind.Emit, Event: RequestCompleted completed }:
                    Pump.Tell(completed.Request, new RateRequest(Op(), 1 + Pump.Draw(5), completed.Resolved), 5000);
                    break;
            }
        }

        private void Consider(OfferMoved issued)
        {
            if (Happens(15))
            {
                TimeSpan? later = Happens(50) ? TimeSpan.FromSeconds(Pump.Draw(300)) : null;
                Pump.Tell(issued.Helper, new DeclineOffer(Op(), issued.Offer, DeclineReason.NotNow, later), 1000 + Pump.Draw(30_000));
            }
            else if (!Happens(15))
            {
                int after = 1000 + Pump.Draw(_isSmooth ? 5000 : 45_000);
                Pump.Tell(issued.Helper, new AcceptOffer(Op(), issued.Offer), after);
                Pump.Tell(issued.Helper, new AcceptOffer(Op(), issued.Offer), after + Pump.Draw(3000));
            }
        }

        private void Serve(HelperId helper, RequestId request)
        {
            if (Happens(10))
            {
                return;
            }

            Pump.Tell(request, new ReportEnRoute(Op(), helper), 10_000);
            if (Happens(10))
            {
                Pump.Tell(request, new AbortVisit(Op(), helper, "flat tyre"), 20_000 + Pump.Draw(600_000));
                return;
            }

            Pump.Tell(request, new ReportArrival(Op(), helper), 300_000);
            if (!Happens(10))
            {
                Pump.Tell(request, new CompleteVisit(Op(), helper, Resolved: !Happens(30)), 900_000);
            }
        }
    }
}
