using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using CrowdGrains.Api.Calls;
using CrowdGrains.Api.Problems;
using CrowdGrains.Client.Contract;

namespace CrowdGrains.Api.Paging;

/// <summary>Which page of a list is asked for.</summary>
/// <param name="Limit">1 to 200.</param>
/// <param name="After">The place in the list after which the page begins, in the list's own words; null for the first page.</param>
internal readonly record struct PageQuery(int Limit, string? After)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;
    private const int MaxCursorLength = 512;

    public static bool TryRead(Call call, out PageQuery page, [NotNullWhen(false)] out Fault? fault)
    {
        page = new PageQuery(DefaultLimit, null);
        fault = null;
        if (call.Query("limit") is { } limit)
        {
            if (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count is < 1 or > MaxLimit)
            {
                fault = Fault.Parameter("limit", $"must be 1 to {MaxLimit}");
                return false;
            }

            page = page with { Limit = count };
        }

        if (call.Query("cursor") is { } cursor)
        {
            if (!TryDecode(cursor, out string? after))
            {
                fault = BadCursor;
                return false;
            }

            page = page with { After = after };
        }

        return true;
    }

    /// <summary>For a list that cannot make sense of a cursor's words.</summary>
    public static Fault BadCursor => Fault.Parameter("cursor", "is not one that this list gave out");

    /// <summary>A page of what a list gives, which must be asked for one more than the limit: that one is left out and means that there is a next page.</summary>
    /// <param name="place">The place of an item in the list, in the list's own words.</param>
    public Page<T> Cut<T>(IEnumerable<T> items, Func<T, string> place)
    {
        List<T> data = [.. items.Take(Limit + 1)];
        if (data.Count <= Limit)
        {
            return new Page<T>(data, null);
        }

        data.RemoveAt(Limit);
        return new Page<T>(data, Encode(place(data[^1])));
    }

    /// <summary>Opaque to the client: base64url.</summary>
    public static string Encode(string place) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(place));

    private static bool TryDecode(string cursor, [NotNullWhen(true)] out string? place)
    {
        place = null;
        if (cursor.Length > MaxCursorLength || !Base64Url.IsValid(cursor))
        {
            return false;
        }

        byte[] bytes = Base64Url.DecodeFromChars(cursor);
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return false;
        }

        place = Encoding.UTF8.GetString(bytes);
        return place.Length > 0;
    }
}
