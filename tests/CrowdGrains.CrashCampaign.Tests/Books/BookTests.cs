using System.Globalization;
using CrowdGrains.CrashCampaign.Audits;
using CrowdGrains.CrashCampaign.Books;

namespace CrowdGrains.CrashCampaign.Tests.Books;

/// <summary>What the book must not let pass.</summary>
public sealed class BookTests : IDisposable
{
    private const string Submitted = """request.submitted requests/r1 {"requestId":"r1"}""";
    private const string Searching = """request.searching requests/r1 {"requestId":"r1","visit":1}""";
    private const string Registered = """helper.registered helpers/h1 {"helperId":"h1","name":"Ada","capacity":1}""";
    private const string Issued = """offer.issued helpers/h1 {"offerId":"o1","requestId":"r1","helperId":"h1","expiresAt":"2026-01-01T00:00:30Z"}""";
    private const string Accepted = """offer.accepted helpers/h1 {"offerId":"o1","requestId":"r1","helperId":"h1","expiresAt":"2026-01-01T00:00:30Z"}""";
    private const string Assigned = """request.assigned requests/r1 {"requestId":"r1","visit":1,"helperId":"h1","offerId":"o1"}""";
    private const string Confirmed = """offer.confirmed helpers/h1 {"offerId":"o1","requestId":"r1","helperId":"h1","expiresAt":"2026-01-01T00:00:30Z"}""";
    private const string EnRoute = """request.enRoute requests/r1 {"requestId":"r1","visit":1,"helperId":"h1"}""";

    private readonly Verdict _verdict = new();
    private readonly Book _book;

    public BookTests() => _book = new Book(_verdict);

    public static TheoryData<string, string[]> Broken => new()
    {
        { "submitted-first-and-once", [Submitted, Submitted] },
        { "submitted-first-and-once", [Searching] },
        { "assigned-once", [Submitted, Registered, Issued, Accepted, Assigned, Assigned.Replace("o1", "o2", StringComparison.Ordinal)] },
        { "offer-goes-its-way-once", [Submitted, Registered, Issued, Accepted, Accepted] },
        { "offer-goes-its-way-once", [Submitted, Registered, Accepted] },
        { "offer-has-a-request", [Registered, Issued] },
        { "confirmed-is-assigned", [Submitted, Registered, Issued, Accepted, Confirmed] },
        { "bound-once", [Submitted, Registered, Issued, Issued.Replace("o1", "o2", StringComparison.Ordinal)] },
        { "assigned-stays-bound", [Submitted, Registered, Issued, Accepted, Assigned, Accepted.Replace("accepted", "withdrawn", StringComparison.Ordinal)] },
        { "steps-in-order", [Submitted, EnRoute] },
        { "done-on-site", [Submitted, Assigned, EnRoute, EnRoute.Replace("enRoute", "completed", StringComparison.Ordinal)] },
        { "ends-once", [Submitted, """request.unserved requests/r1 {"requestId":"r1","visit":1}""", Searching] },
        { "rated-once", [Submitted, """request.rated requests/r1 {"requestId":"r1","helperId":"h1","stars":5}"""] },
        { "accepted-in-time", [Submitted, Registered, Issued, Accepted.Replace("00:00:30Z", "00:00:01Z", StringComparison.Ordinal)] },
        { "expired-not-early", [Submitted, Registered, Issued, Accepted.Replace("accepted", "expired", StringComparison.Ordinal)] },
        { "event-is-known", [Submitted, """request.lost requests/r1 {"requestId":"r1"}"""] },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Hear_FindsABrokenRule(string rule, string[] events)
    {
        Assert.Throws<ViolationException>(() => Hear(events));

        Assert.Equal(rule, Assert.Single(_verdict.Violations).Rule);
        Assert.True(_verdict.Broken.IsCancellationRequested);
    }

    [Fact]
    public void Hear_TakesAJobFromBeginningToEnd()
    {
        Hear(
            Submitted, Searching, Registered, Issued, Accepted, Assigned, Confirmed, EnRoute,
            EnRoute.Replace("enRoute", "onSite", StringComparison.Ordinal),
            """request.completed requests/r1 {"requestId":"r1","visit":1,"helperId":"h1","resolved":true}""",
            Confirmed.Replace("confirmed", "released", StringComparison.Ordinal),
            """request.rated requests/r1 {"requestId":"r1","helperId":"h1","stars":5}""");

        Assert.Empty(_verdict.Violations);
        Assert.Empty(_book.Open);
        Assert.Empty(_book.Helpers["h1"].Open);
        Assert.Equal(5, _book.Requests["r1"].Stars);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Hear_FindsAGapAndARepeat(long sequence)
    {
        Hear(Submitted);

        Assert.Throws<ViolationException>(() => _book.Hear(Event(sequence, Searching)));
        Assert.Equal("stream-without-gap-or-repeat", Assert.Single(_verdict.Violations).Rule);
    }

    public void Dispose() => _verdict.Dispose();

    private void Hear(params string[] events)
    {
        foreach (string happened in events)
        {
            _book.Hear(Event(_book.Last + 1, happened));
        }
    }

    /// <param name="happened">Type, subject and data; a second passes with each event.</param>
    private static Heard Event(long sequence, string happened)
    {
        string[] parts = happened.Split(' ', 3);
        return Heard.Read(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"specversion":"1.0","id":"{{sequence}}","source":"/","type":"{{parts[0]}}","subject":"{{parts[1]}}","time":"2026-01-01T00:00:{{sequence:00}}Z","data":{{parts[2]}}}"""));
    }
}
