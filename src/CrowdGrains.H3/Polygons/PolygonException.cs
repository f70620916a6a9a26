namespace CrowdGrains.H3;

/// <summary>The loops given make no polygon. Names the loop and, where one vertex is at fault, the vertex.</summary>
public sealed class PolygonException : ArgumentException
{
    public PolygonException(PolygonError error, int loop, int vertex, string message)
        : base(message) => (Error, Loop, Vertex) = (error, loop, vertex);

    public PolygonError Error { get; }

    /// <summary>0 for the outer loop, n for the n-th hole.</summary>
    public int Loop { get; }

    /// <summary>The position of the vertex in its loop, from 0; −1 when the loop as a whole is at fault.</summary>
    public int Vertex { get; }

    internal static string NameOf(int loop) => loop == 0 ? "The outer loop" : $"Hole {loop}";
}
