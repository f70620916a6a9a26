using CrowdGrains.Core.Cells;
using CrowdGrains.Core.Helpers;
using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.H3;

namespace CrowdGrains.Testing;

/// <summary>The cell around home, with helpers and requests listed for a minute.</summary>
public sealed class CellStage(DispatchRules rules) : Stage<CellState>(new CellState(CellIndex.FromLatLng(Sites.Home, 7)), rules)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    public static CellStage Empty(DispatchOptions? options = null, DispatchPolicy? policy = null) => new(TestRules.With(options, policy));

    /// <summary>With these friends listed, each a hundred metres further away than the one before.</summary>
    public static CellStage WithHelpers(params string[] names)
    {
        CellStage stage = Empty();
        for (int i = 0; i < names.Length; i++)
        {
            stage.Tell(stage.Enlist(Profiles.Card(names[i]), 100 * (i + 1)));
        }

        return stage;
    }

    public EnlistHelper Enlist(HelperCard card, double metersAway = 100, long number = 1) =>
        new(card, Sites.At(metersAway, 0).ToUnitVector(), number, Now + Lease);

    /// <summary>A router request that waits at home.</summary>
    public ListRequest List(int request, long number = 1, Severity severity = Severity.Normal) =>
        new(Ids.Request(request), [Needs.Router(Ids.Request(request))], severity, Now, number, Now + Lease);
}
