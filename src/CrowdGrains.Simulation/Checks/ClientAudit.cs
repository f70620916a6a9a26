using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Simulation.Checks;

/// <summary>What clients were told. An answer that promises something must be true when it arrives, and a repeat must be told the same.</summary>
internal sealed class ClientAudit(Audit audit)
{
    /// <summary>A grain keeps its last sixteen answers; a repeat that comes later may be judged anew. Half of them may not have come in here.</summary>
    private const int AnswersKept = GrainState.OperationsKept / 2;

    private readonly Dictionary<OperationId, Asked> _asked = [];
    private readonly Dictionary<GrainId, int> _granted = [];

    /// <summary>A client sends a command, for the first time or again.</summary>
    public void Sent(GrainId grain, Command command) => _asked.TryAdd(command.Operation, new Asked(grain, command));

    /// <summary>The command an answer is for.</summary>
    /// <param name="given">When the answer left its grain: it may come in before one that was given earlier.</param>
    public (GrainId Grain, Command Command) Answered(OperationId operation, Answer answer, Instant given)
    {
        audit.Require(_asked.TryGetValue(operation, out Asked? asked), "answer-has-a-command", default, $"{operation} was answered {answer}");
        int granted = _granted.GetValueOrDefault(asked.Grain);
        if (asked.Granted is { } before && given > before.Given && granted - before.Count < AnswersKept && ChangesAlways(asked.Command))
        {
            audit.Require(before.Answer == answer, "repeat-is-answered-the-same", asked.Grain, $"{asked.Command} was answered {before.Answer}, and then {answer}");
        }

        if (answer.Code == AnswerCode.Ok && asked.Granted is null)
        {
            _granted[asked.Grain] = granted + 1;
            asked.Granted = (answer, granted, given);
        }

        return (asked.Grain, asked.Command);
    }

    /// <summary>Others may be granted because they were done already; that changes nothing, is not kept, and may be judged anew.</summary>
    private static bool ChangesAlways(Command command) => command is SubmitRequest or RegisterHelper or UpdateHelper or GoOnline or DeclineOffer
        or ReportEnRoute or ReportArrival or CompleteVisit or AbortVisit or RateRequest or WithdrawHelpers;

    /// <summary>An answer that grants a command must be true.</summary>
    public void Judge(GrainId grain, Command command, Func<RequestId, RequestAudit?> findRequest, Func<HelperId, HelperAudit?> findHelper)
    {
        RequestAudit? request = grain.Kind == GrainKind.Request ? findRequest(RequestId.From(grain.Name)) : null;
        bool isTrue = command switch
        {
            SubmitRequest => request is { IsSubmitted: true },
            CancelRequest => request is { End: RequestStatus.Cancelled },
            RateRequest => request is { IsRated: true },
            AssignRequest assign => request?.WasAssignedTo(assign.Helper) == true,
            WithdrawHelpers => request is { Withdrawals: > 0 },
            ChangeSeverity change => request?.HadSeverity(change.Severity) == true,
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

        /// <summary>The first answer that granted it, how many were granted on the grain before, and when it was given.</summary>
        public (Answer Answer, int Count, Instant Given)? Granted { get; set; }
    }
}
