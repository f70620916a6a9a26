import type { KpiFigures, KpiReport } from '../api/types';
import { count, duration, share } from '../ui/words';

export type Grouping = 'all' | 'tier' | 'problem' | 'channel';

/** A figure of one group; the report is there for what only it has. */
export type Read = (row: KpiFigures, report: KpiReport, group: string, grouping: Grouping) => number | null;

/** A number that is looked at over time. */
export interface Figure { name: string; explains: string; unit: 'share' | 'seconds' | 'number' | 'count'; lines: readonly Line[] }

/** Quantiles stand in one plot; of groups only the first line is drawn. */
export interface Line { name: string; read: Read }

const only = (read: (row: KpiFigures) => number | null): readonly Line[] => [{ name: '', read }];

/** Effectiveness first, as the interface has them. */
export const figures: readonly Figure[] = [
  { name: 'Fixed at the first visit', explains: 'of requests whose first visit is over', unit: 'share', lines: only((row) => row.firstVisitResolvedRate) },
  { name: 'Fixed', explains: 'of all that were submitted, open ones too', unit: 'share', lines: only((row) => row.resolvedRate) },
  {
    name: 'Time to assign',
    explains: 'from submission to who comes',
    unit: 'seconds',
    lines: [
      { name: 'p50', read: (row) => row.timeToAssign?.p50 ?? null },
      { name: 'p90', read: (row) => row.timeToAssign?.p90 ?? null },
      { name: 'p99', read: (row) => row.timeToAssign?.p99 ?? null },
    ],
  },
  {
    name: 'Time to arrive',
    explains: 'from submission to the door',
    unit: 'seconds',
    lines: [
      { name: 'p50', read: (row) => row.timeToArrive?.p50 ?? null },
      { name: 'p90', read: (row) => row.timeToArrive?.p90 ?? null },
    ],
  },
  { name: 'There within an hour', explains: 'of all that were submitted', unit: 'share', lines: only((row) => row.arrivedWithin60MinRate) },
  { name: 'Unserved', explains: 'nobody could be assigned in time', unit: 'share', lines: only((row) => row.unservedRate) },
  { name: 'Cancelled', explains: 'by the customer or by hand', unit: 'share', lines: only((row) => row.cancelledRate) },
  { name: 'Offers accepted', explains: 'of those that were answered or ran out', unit: 'share', lines: only((row) => row.offerAcceptanceRate) },
  { name: 'Offers for an assignment', explains: 'one is the best there is', unit: 'number', lines: only((row) => row.offersPerAssignment) },
  { name: 'Travel for a job', explains: 'on the way to the door', unit: 'seconds', lines: only((row) => row.travelSecondsPerJob) },
  { name: 'Helpers at work', explains: 'of the time they are on duty; whole or by tier', unit: 'share', lines: [{ name: '', read: utilisation }] },
  { name: 'Requests', explains: 'submitted', unit: 'count', lines: only((row) => row.requests) },
];

/** The groups of a report that have anything, the largest first. */
export function groupsOf(report: KpiReport, grouping: Grouping): [string, KpiFigures][] {
  if (grouping === 'all') {
    return [['all', report.overall]];
  }
  const rows = grouping === 'tier' ? report.byTier : grouping === 'problem' ? report.byProblem : report.byChannel;
  return Object.entries(rows).filter(([, row]) => row.requests > 0).sort((a, b) => b[1].requests - a[1].requests);
}

export function rowOf(report: KpiReport, grouping: Grouping, group: string): KpiFigures | undefined {
  return grouping === 'all' ? report.overall : (grouping === 'tier' ? report.byTier : grouping === 'problem' ? report.byProblem : report.byChannel)[group];
}

export function textOfFigure(value: number | null | undefined, unit: Figure['unit']): string {
  if (value === null || value === undefined) {
    return '–';
  }
  return unit === 'share' ? share(value, 1) : unit === 'seconds' ? duration(value) : unit === 'count' ? count(value) : value.toFixed(2);
}

function utilisation(_: KpiFigures, report: KpiReport, group: string, grouping: Grouping): number | null {
  return grouping === 'all' ? report.helperUtilisation : grouping === 'tier' ? (report.helperUtilisationByTier[group] ?? null) : null;
}
