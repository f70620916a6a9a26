using System.Runtime.CompilerServices;
using CrowdGrains.Client.Contract;

namespace CrowdGrains.Client.Transport;

/// <summary>Lists from the first page to the last.</summary>
internal static class Paging
{
    public static async IAsyncEnumerable<T> AllAsync<T>(
        Func<string?, CancellationToken, Task<Page<T>>> load, string? cursor, [EnumeratorCancellation] CancellationToken cancellation)
    {
        do
        {
            Page<T> page = await load(cursor, cancellation).ConfigureAwait(false);
            foreach (T item in page.Data)
            {
                yield return item;
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }
}
