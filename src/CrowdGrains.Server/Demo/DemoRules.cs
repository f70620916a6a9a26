using CrowdGrains.Api;
using CrowdGrains.Core.Matching;
using CrowdGrains.Embedded;

namespace CrowdGrains.Server.Demo;

/// <summary>
/// The rules and limits of a server whose clock runs fast. What people take their time for is as in production. What the machine takes its
/// time for does not run faster with the clock, so the time-outs that wait for the machine are as long in real time as in production.
/// </summary>
internal static class DemoRules
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static DispatchOptions Dispatch(double speed)
    {
        DispatchOptions usual = new();
        return usual with
        {
            SearchTimeout = Stretch(usual.SearchTimeout, speed),
            DeliveryTimeout = Stretch(usual.DeliveryTimeout, speed),
            ResendAfter = Stretch(usual.ResendAfter, speed),
            MaxResendAfter = Stretch(usual.MaxResendAfter, speed),
            OfferGrace = Stretch(usual.OfferGrace, speed),

            // The crowd's devices share one process with the server: a second in which both stand still does not make all of them stale.
            PresenceLease = usual.PresenceLease + Stretch(TimeSpan.FromSeconds(2), speed),
        };
    }

    public static EmbeddedOptions Engine(double speed)
    {
        EmbeddedOptions usual = new();
        return usual with
        {
            AnswerTimeout = Stretch(usual.AnswerTimeout, speed),
            IdleAfter = usual.IdleAfter + (2 * Dispatch(speed).PresenceLease),
        };
    }

    public static ApiOptions Api(double speed)
    {
        ApiOptions usual = new();
        return usual with
        {
            RepeatWait = Stretch(usual.RepeatWait, speed),
            PositionsWait = Stretch(usual.PositionsWait, speed),
            PositionsSilence = Stretch(usual.PositionsSilence, speed),

            // A day of answers passes in minutes, and repeats come within seconds.
            AnswersKept = TimeSpan.FromHours(2),
        };
    }

    private static TimeSpan Stretch(TimeSpan real, double speed)
    {
        TimeSpan stretched = real * speed;
        return stretched < Longest ? stretched : Longest;
    }
}
