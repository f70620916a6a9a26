namespace CrowdGrains.H3;

/// <summary>
/// A <see cref="SubtreeBox"/> in the frame of a loop. Where it reaches over the end of the frame its other part is one turn away, and
/// <see cref="IsSplit"/> tells so.
/// </summary>
internal readonly struct FramedBox
{
    private readonly double _lat;
    private readonly double _lng;
    private readonly double _otherLng;
    private readonly double _reachLat;
    private readonly double _reachLng;

    public FramedBox(in SubtreeBox box, in LoopBounds bounds)
    {
        (_lat, _reachLat, _reachLng) = (box.Center.Lat, box.ReachLat, box.ReachLng);
        _lng = box.ReachLng >= 180 ? bounds.FrameWest + 180 : bounds.ToFrame(box.Center.Lng);
        _otherLng = _lng < bounds.FrameWest + 180 ? _lng + 360 : _lng - 360;
        IsSplit = _lng - _reachLng < bounds.FrameWest || _lng + _reachLng > bounds.FrameWest + 360;
    }

    public bool IsSplit { get; }

    /// <summary>Whether a line to the east from a place in the box may cross the edge.</summary>
    public bool MaySee(in LoopEdge edge) =>
        edge.SouthLat <= _lat + _reachLat && edge.NorthLat >= _lat - _reachLat && (IsSplit || edge.EastLng >= _lng - _reachLng);

    /// <summary>Whether the edge passes through the box. Errs only towards true.</summary>
    public bool IsTouchedBy(in LoopEdge edge) =>
        edge.Touches(_lat, _lng, _reachLat, _reachLng) || (IsSplit && edge.Touches(_lat, _otherLng, _reachLat, _reachLng));
}
