using CrowdGrains.Core.Requests;
using CrowdGrains.Core.Turns;
using CrowdGrains.H3;
using CrowdGrains.Testing;
using static CrowdGrains.Testing.Expect;

namespace CrowdGrains.Core.Tests.Requests;

/// <summary>Erasing who the customer is.</summary>
public sealed class RequestForgetTests
{
    private static readonly OperationId Op = Ids.Op("forget");

    [Fact]
    public void Forget_ErasesWhoTheCustomerIsAndWhere()
    {
        RequestStage request = RequestStage.Searching(RequestStage.Spec() with
        {
            Description = "the bell says Meier",
            Labels = new Labels("crm-7", [new("phone", "044")]),
        });
        request.Tell(new CancelRequest(request.NextOperation(), ""));
        RequestSpec before = request.State.Submission!.Spec;
        request.Tell(new ForgetCustomer(Op)).Is(TurnOutcome.Durable, Emit(new RequestForgotten(request.Id)), Reply(Op));
        Assert.Equal(
            before with
            {
                Customer = CustomerId.From("erased"),
                Position = CellIndex.FromLatLng(Sites.Home, 8).Center,
                Description = "",
                Labels = Labels.None,
            },
            request.State.Submission.Spec);
    }

    [Theory]
    [InlineData(RequestStatus.Searching)]
    [InlineData(RequestStatus.OnSite)]
    public void Forget_IsRefusedBeforeTheEnd(RequestStatus status)
    {
        RequestStage request = status == RequestStatus.Searching ? RequestStage.Searching() : RequestStage.OnSite();
        request.Tell(new ForgetCustomer(Op)).IsRefused(
            Refusal.WrongState, Reply(Op, new Answer(AnswerCode.WrongState, Detail: "the request has not ended")));
    }

    [Fact]
    public void Forget_IsDoneOnce()
    {
        RequestStage request = RequestStage.Cancelled();
        request.Tell(new ForgetCustomer(request.NextOperation()));
        request.Tell(new ForgetCustomer(Op)).IsRefused(Refusal.Repeated, Reply(Op));
    }
}
