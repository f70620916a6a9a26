using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Simulation.Checks;

/// <summary>What clients were told. An answer that promises something must be true when it arrives, and a repeat must be told the same.</summary>
internal sealed class ClientAudit(Audit audit)
{
    /// <summary>A grain keeps its last sixteen answers; a repeat that comes later may be judged anew.</summary>
    private const int AnswersKept = GrainState.OperationsKept;

    private readonly Dictionary<OperationId, Asked> _asked = [];
    private readonly Dictionary<GrainId, int> _granted = [];

    /// <summary>A client sends a command, for the first time or again.</summary>
    public void Sent(GrainId grain, Command command) => _asked.TryAdd(command.Operation, new Asked(grain, command));

    /// <summary>The command an answer is for.</summary>
    public (GrainId Grain, Command Command) Answered(OperationId operation, Answer answer)
    {
        audit.Require(_asked.TryGetValue(operation, out Asked? asked), "answer-has-a-command", default, $"{operation} was answered {answer}");
        int granted = _granted.GetValueOrDefault(asked.Grain);
        if (asked.Granted is { } before && granted - before.Count < AnswersKept)
        {
            audit.Require(before.Answer == answer, "repeat-is-answered-the-same", asked.Grain, $"{asked.Command} was answered {before.Answer}, and then {answer}");
        }

        if (answer.Code == AnswerCode.Ok && asked.Granted is null)
        {
            _granted[asked.Grain] = granted + 1;
            asked.Granted = (answer, granted);
        }

        return (asked.Grain, asked.Command);
    }

    /// <summary>An answer that grants a command must be true.</summary>
    public void Judge(GrainId grain, Command command, Func<RequestId, RequestAudit?> findRequest, Func<HelperId, HelperAudit?> findHelper)
    {
        RequestAudit? request = grain.Kind == GrainKind.Request ? findRequest(RequestId.From(grain.Name)) : null;
        bool isTrue = command switch
        {
            SubmitRequest => request is { IsSubmitted: true },
            CancelRequest => request is { End: RequestStatus.Cancelled },
            RateRequest => request is { IsRated: true },
            CompleteVisit or AbortVisit => request is { VisitsEnded: > 0 },
            ReportEnRoute or ReportArrival => request is { VisitsEnded: > 0 } or { AssignedTo: not null },
            RegisterHelper => findHelper(HelperId.From(grain.Name)) is not null,
            DeclineOffer decline => findHelper(HelperId.From(grain.Name))?.StepOf(decline.Offer) == OfferStep.Declined,
            AcceptOffer accept => findHelper(HelperId.From(grain.Name))?.StepOf(accept.Offer) is OfferStep.Confirmed or OfferStep.Released,
            _ => true,
        };
        audit.Require(isTrue, "granted-is-true", grain, $"{command} was answered Ok");
    }

    private sealed class Asked(GrainId grain, Command command)
    {
        public GrainId Grain { get; } = grain;

        public Command Command { get; } = command;

        /// <summary>The first answer that granted it, and how many were granted on the grain before.</summary>
        public (Answer Answer, int Count)? Granted { get; set; }
    }
}
