namespace CrowdGrains.H3;

/// <summary>
/// Averages over the hexagons of each resolution, pentagons left out. Source: the H3 library 4.5 by Uber Technologies (Apache 2.0,
/// h3geo.org), tables of cell statistics.
/// </summary>
internal static class AverageTables
{
    /// <summary>By resolution, in square kilometers.</summary>
    public static ReadOnlySpan<double> HexagonAreas =>
    [
        4.357449416078383e+06, 6.097884417941332e+05, 8.680178039899720e+04, 1.239343465508816e+04,
        1.770347654491307e+03, 2.529038581819449e+02, 3.612906216441245e+01, 5.161293359717191e+00,
        7.373275975944177e-01, 1.053325134272067e-01, 1.504750190766435e-02, 2.149643129451879e-03,
        3.070918756316060e-04, 4.387026794728296e-05, 6.267181135324313e-06, 8.953115907605790e-07,
    ];

    /// <summary>By resolution, in kilometers.</summary>
    public static ReadOnlySpan<double> HexagonEdgeLengths =>
    [
        1281.256011, 483.0568391, 182.5129565, 68.97922179,
        26.07175968, 9.854090990, 3.724532667, 1.406475763,
        0.531414010, 0.200786148, 0.075863783, 0.028663897,
        0.010830188, 0.004092010, 0.001546100, 0.000584169,
    ];
}
