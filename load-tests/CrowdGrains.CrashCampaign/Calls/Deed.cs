using CrowdGrains.CrashCampaign.Books;

namespace CrowdGrains.CrashCampaign.Calls;

/// <summary>What a call is for: whom it concerns, and what must be in the log for ever once it was answered with success.</summary>
/// <param name="Name">For people, such as "accept off_1".</param>
/// <param name="Request">The request it concerns; null when it is known from the answer only, or there is none.</param>
/// <param name="IsLogged">Judges the log, once it was read to the end.</param>
internal sealed record Deed(string Name, string? Request, string? Helper, Func<Book, bool> IsLogged)
{
    public static Deed OfRequest(string verb, string request, Func<RequestFile, bool> isLogged) => new(
        $"{verb} {request}", request, null, book => book.Requests.TryGetValue(request, out RequestFile? file) && isLogged(file));

    public static Deed OfHelper(string verb, string helper, Func<HelperFile, bool> isLogged) => new(
        $"{verb} {helper}", null, helper, book => book.Helpers.TryGetValue(helper, out HelperFile? file) && isLogged(file));
}

/// <summary>A call that was answered.</summary>
/// <param name="Key">Its Idempotency-Key; null when it had none.</param>
/// <param name="Value">The answer as the client read it; null for a refusal.</param>
internal sealed record Answered(Deed Deed, string? Key, WireRecord Wire, object? Value)
{
    public bool IsGranted => Wire.Status is >= 200 and < 300;

    public override string ToString() =>
        $"{Deed.Name}{(Key is null ? "" : $" (key {Key})")} → {Wire.Status} {System.Text.Encoding.UTF8.GetString(Wire.Received)}";
}
