using System.Collections.Concurrent;
using System.Text;
using CrowdGrains.Core.Requests;

namespace CrowdGrains.Api.Idempotency;

/// <summary>The requests whose customers are being erased: until that is done no answer that speaks of them is kept. Safe for use by many threads at once.</summary>
internal sealed class Erasures
{
    private readonly ConcurrentDictionary<Erasure, byte[][]> _underWay = new();

    /// <summary>From now on, until the erasure is disposed of.</summary>
    public IDisposable Begin(IEnumerable<RequestId> requests)
    {
        Erasure erasure = new(this);
        _underWay[erasure] = [.. requests.Select(NameIn)];
        return erasure;
    }

    public bool Concern(ReadOnlySpan<byte> body)
    {
        // Nearly always there are none.
        if (_underWay.IsEmpty)
        {
            return false;
        }

        foreach ((_, byte[][] names) in _underWay)
        {
            foreach (byte[] name in names)
            {
                if (body.IndexOf(name) >= 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>How an answer names a request.</summary>
    public static byte[] NameIn(RequestId request) => Encoding.UTF8.GetBytes($"\"{request.Value}\"");

    private sealed class Erasure(Erasures all) : IDisposable
    {
        public void Dispose() => all._underWay.TryRemove(this, out _);
    }
}
