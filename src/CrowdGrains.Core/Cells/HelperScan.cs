using CrowdGrains.Core.Ladder;
using CrowdGrains.Core.Matching;
using CrowdGrains.Core.Turns;

namespace CrowdGrains.Core.Cells;

/// <summary>
/// One search through a cell's helpers, bucket by bucket from the nearest outwards. A helper is ruled out by what its spot says, the cheapest
/// rule first, and rated from its card only when it might still be among the best; a bucket is passed over when nobody in it might. The best
/// are those of a full scan, unless more than MaxWeighedPerCell helpers seem to fit. Everybody is counted for one reason: whoever was passed
/// over as out of the radius or outranked, whatever else stands against it.
/// </summary>
internal struct HelperScan
{
    /// <summary>How many helpers wait to be rated at most, the most promising first.</summary>
    private const int LotSize = 64;

    /// <summary>How many cards are read side by side.</summary>
    private const int Together = 8;

    private readonly HelperTable _helpers;
    private readonly Need _need;
    private readonly Turn _turn;
    private readonly ITravelTime _travel;
    private readonly RankedList<Candidate> _best;
    private readonly PlanePoint _place;
    private readonly SkillMask _skills;
    private readonly ScoreBound _bound;
    private readonly float _radius;
    private readonly int _mostWeighed;

    /// <summary>The bound of everybody in the cell.</summary>
    private readonly int _bestBound;

    /// <summary>So far away that nobody can be among the best. It shrinks as better helpers are found.</summary>
    private float _beaten = float.PositiveInfinity;

    /// <summary>How many helpers the buckets hold that were reached and are not out of the radius.</summary>
    private int _within;

    /// <summary>How many helpers seemed to fit.</summary>
    private int _weighed;

    /// <summary>How many wait to be rated.</summary>
    private int _waiting;

    /// <summary>Of no use but to be read for; see <see cref="RateTogether"/>.</summary>
    private int _skillsRead;

    public HelperScan(HelperTable helpers, Need need, Turn turn, RankedList<Candidate> best)
    {
        _helpers = helpers;
        _need = need;
        _turn = turn;
        _travel = turn.Rules.Travel;
        _best = best;
        _place = helpers.Project(need.Place);
        _skills = SkillMask.Of(need.Skills);
        _radius = need.RadiusMeters + 1f;
        _mostWeighed = turn.Rules.Options.MaxWeighedPerCell;
        bool holdsPreferred = need.Preferred is { } preferred && helpers.Holds(preferred);
        _bound = Ranking.Bound(turn.Rules.Policy, need, holdsPreferred, turn.Now);
        _bestBound = _bound.For(helpers.MostResolvedSteps * HelperSpot.ResolvedStep, helpers.EarliestFreeSinceSeconds);
    }

    /// <summary>Enough work for one request: there are enough candidates and it took long to find better ones.</summary>
    private readonly bool HasWeighedEnough => _best.IsFull && _weighed >= _mostWeighed;

    public void Run(ref NotAskedTally notAsked)
    {
        BucketGrid grid = _helpers.Grid;
        int column = grid.Column(_place.X);
        int row = grid.Column(_place.Y);
        int left = _helpers.Count;
        Span<long> lot = stackalloc long[LotSize];
        for (int ring = 0; left > 0; ring++)
        {
            float nearest = DistanceToRing(grid, column, row, ring);
            if (nearest > _radius || IsBeaten(nearest))
            {
                PassOver(grid, left, ref notAsked);
                return;
            }

            for (int y = Math.Max(0, row - ring); y <= Math.Min(grid.Side - 1, row + ring); y++)
            {
                // The whole row at the top and at the bottom of the ring, its two ends between.
                int step = Math.Abs(y - row) == ring ? 1 : Math.Max(1, 2 * ring);
                for (int x = column - ring; x <= column + ring; x += step)
                {
                    if ((uint)x < (uint)grid.Side && grid[x, y].Count > 0)
                    {
                        Visit(grid[x, y], DistanceToBucket(grid, x, y, column, row), lot, ref notAsked);
                        left -= grid[x, y].Count;
                    }
                }
            }

            RateLot(lot, ref notAsked);
        }
    }

    /// <summary>Counts those whom nobody needs to look at: within the radius they are outranked.</summary>
    private readonly void PassOver(BucketGrid grid, int left, ref NotAskedTally notAsked)
    {
        float reach = _radius + LocalPlane.ToleranceMeters;
        int outranked = grid.LiesWithin(_place, reach) ? left : Math.Clamp(grid.CountWithin(_place, reach) - _within, 0, left);
        notAsked.Add(NotAskedReason.Outranked, outranked);
        notAsked.Add(NotAskedReason.OutOfRadius, left - outranked);
    }

    private void Visit(in Bucket bucket, float nearest, Span<long> lot, ref NotAskedTally notAsked)
    {
        if (nearest > _radius)
        {
            notAsked.Add(NotAskedReason.OutOfRadius, bucket.Count);
            return;
        }

        _within += bucket.Count;
        if (IsBeaten(nearest))
        {
            notAsked.Add(NotAskedReason.Outranked, bucket.Count);
            return;
        }

        int leastEta = LeastEta(nearest);
        int page = bucket.FirstPage;
        for (int left = bucket.Count; left > 0; page = _helpers.PageAfter(page))
        {
            if (HasWeighedEnough)
            {
                notAsked.Add(NotAskedReason.Outranked, left);
                return;
            }

            int onPage = ((left - 1) % HelperTable.PageSize) + 1;
            ReadOnlySpan<HelperSpot> spots = _helpers.SpotsOf(page, onPage);
            for (int i = 0; i < spots.Length; i++)
            {
                int position = (page * HelperTable.PageSize) + i;
                NotAskedReason reason = Judge(spots[i], leastEta, out int bound);
                if (reason != NotAskedReason.None)
                {
                    Count(position, reason, ref notAsked);
                }
                else
                {
                    lot[_waiting++] = Survivor(position, bound);
                    if (_waiting == LotSize)
                    {
                        RateLot(lot, ref notAsked);
                    }
                }
            }

            left -= onPage;
        }
    }

    private readonly void Count(int position, NotAskedReason reason, ref NotAskedTally notAsked)
    {
        if (reason != NotAskedReason.None && notAsked.Add(reason))
        {
            notAsked.Name(_helpers.EntryAt(position).Card.Id, reason);
        }
    }

    /// <summary>Rules out by what the spot says.</summary>
    /// <param name="leastEta">The estimate of the nearest place in the spot's bucket, which often suffices.</param>
    /// <param name="bound">What the helper's score is at most; set when it is not ruled out.</param>
    private NotAskedReason Judge(in HelperSpot spot, int leastEta, out int bound)
    {
        bound = 0;
        if (spot.LeaseUntil <= _turn.Now)
        {
            return NotAskedReason.Stale;
        }

        if (_need.Tier is { } tier && spot.Tier != tier)
        {
            return NotAskedReason.WrongTier;
        }

        // Never more than the true distance.
        float distance = MathF.Sqrt(_place.SquareDistanceTo(spot.Point)) - LocalPlane.ToleranceMeters;
        if (distance > _radius || distance > (spot.RadiusHectometers * 100f) + 1)
        {
            return NotAskedReason.OutOfRadius;
        }

        if (!spot.Skills.MayHold(_skills))
        {
            return NotAskedReason.MissingSkill;
        }

        _weighed++;
        if (_best.IsFull && distance >= _beaten)
        {
            return NotAskedReason.Outranked;
        }

        int withoutTravel = _bound.For(spot.ResolvedSteps * HelperSpot.ResolvedStep, spot.FreeSinceSeconds);
        if (IsBeatenAt(withoutTravel - leastEta))
        {
            return NotAskedReason.Outranked;
        }

        bound = withoutTravel - Eta(distance, spot.Tier);
        return IsBeatenAt(bound) ? NotAskedReason.Outranked : NotAskedReason.None;
    }

    /// <summary>Rates those who wait, the most promising first: the others are mostly outranked by then.</summary>
    private void RateLot(Span<long> lot, ref NotAskedTally notAsked)
    {
        lot = lot[.._waiting];
        lot.Sort();
        for (; !lot.IsEmpty; lot = lot[Math.Min(Together, lot.Length)..])
        {
            if (IsBeatenAt(BoundOf(lot[0])))
            {
                notAsked.Add(NotAskedReason.Outranked, lot.Length);
                break;
            }

            RateTogether(lot[..Math.Min(Together, lot.Length)], ref notAsked);
        }

        _waiting = 0;
    }

    private void RateTogether(ReadOnlySpan<long> survivors, ref NotAskedTally notAsked)
    {
        // Cards lie anywhere in memory. Read one after the other, each would be waited for alone; read here, they arrive side by side.
        foreach (long survivor in survivors)
        {
            _skillsRead += _helpers.EntryAt(PositionOf(survivor)).Card.Profile.Skills.Length;
        }

        foreach (long survivor in survivors)
        {
            NotAskedReason reason = IsBeatenAt(BoundOf(survivor)) ? NotAskedReason.Outranked : Rate(_helpers.EntryAt(PositionOf(survivor)));
            Count(PositionOf(survivor), reason, ref notAsked);
        }
    }

    private NotAskedReason Rate(in HelperEntry entry)
    {
        DispatchRules rules = _turn.Rules;
        NotAskedReason reason = Eligibility.Check(entry.Card, entry.Place, _need, rules, _turn.Now, out Reach reach);
        if (reason != NotAskedReason.None)
        {
            return reason;
        }

        Score score = Ranking.Rate(rules.Policy, entry.Card, _need, reach.EtaSeconds, _turn.Now);
        return _best.Add(new Candidate(entry.Card.Id, reach.DistanceMeters, reach.EtaSeconds, score))
            ? NotAskedReason.None
            : NotAskedReason.Outranked;
    }

    /// <summary>Whether nobody so far away can be among the best.</summary>
    private bool IsBeaten(float distance)
    {
        if (_best.IsFull && distance < _beaten && _bestBound - LeastEta(distance) < _best.Worst.Score.Total)
        {
            _beaten = distance;
        }

        return HasWeighedEnough || (_best.IsFull && distance >= _beaten);
    }

    /// <summary>Whether such a score is not among the best any more.</summary>
    private readonly bool IsBeatenAt(int score) => _best.IsFull && score < _best.Worst.Score.Total;

    private readonly int LeastEta(float distance)
    {
        if (_need.Tier is { } asked)
        {
            return Eta(distance, asked);
        }

        int least = int.MaxValue;
        for (Tier tier = Tier.Friend; tier <= Tier.Partner; tier++)
        {
            least = Math.Min(least, Eta(distance, tier));
        }

        return least;
    }

    private readonly int Eta(float distance, Tier tier) => _travel.EtaSeconds((int)Math.Max(0, distance), tier, _turn.Now);

    /// <summary>How far the nearest bucket of a ring is, at least; and no bucket of a wider ring is nearer. Infinite beyond the grid.</summary>
    private readonly float DistanceToRing(BucketGrid grid, int column, int row, int ring)
    {
        if (ring == 0)
        {
            return 0;
        }

        float left = column >= ring ? _place.X - grid.Edge(column - ring + 1) : float.PositiveInfinity;
        float right = column + ring < grid.Side ? grid.Edge(column + ring) - _place.X : float.PositiveInfinity;
        float below = row >= ring ? _place.Y - grid.Edge(row - ring + 1) : float.PositiveInfinity;
        float above = row + ring < grid.Side ? grid.Edge(row + ring) - _place.Y : float.PositiveInfinity;
        return Math.Min(Math.Min(left, right), Math.Min(below, above)) - LocalPlane.ToleranceMeters;
    }

    /// <summary>How far a bucket is, at least; the place lies in the given column and row, or beyond them outside the grid.</summary>
    private readonly float DistanceToBucket(BucketGrid grid, int x, int y, int column, int row)
    {
        float dx = grid.Gap(_place.X, x, column);
        float dy = grid.Gap(_place.Y, y, row);
        return MathF.Sqrt((dx * dx) + (dy * dy)) - LocalPlane.ToleranceMeters;
    }

    /// <summary>
    /// Who was not ruled out by its spot, and what its score is at most: as one number, the most promising first, because numbers are sorted
    /// fast.
    /// </summary>
    private static long Survivor(int position, int bound) => (-(long)bound << 32) | (uint)position;

    private static int PositionOf(long survivor) => (int)(uint)survivor;

    private static int BoundOf(long survivor) => (int)-(survivor >> 32);
}
