import { cellToParent, getResolution, latLngToCell } from 'h3-js';
import type { Severity } from '../api/types';
import { isOver, isServed, isWaiting, type RequestRow } from '../city/rows';
import type { Group } from '../shell/view';

export interface Wanted { group: Group; severity: Severity | ''; search: string; area: string }

const ranks: Record<Severity, number> = { critical: 0, high: 1, normal: 2, low: 3 };
const areas = new Map<string, string>();

/** The rows that are wanted: who waits comes first, the severest and then the oldest on top; what is over lies newest first. */
export function select(rows: Iterable<RequestRow>, wanted: Wanted): RequestRow[] {
  const words = wanted.search.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const found: RequestRow[] = [];
  for (const row of rows) {
    if (isIn(row, wanted.group) && (wanted.severity === '' || row.severity === wanted.severity)
      && (wanted.area === '' || isInArea(row, wanted.area)) && words.every((word) => says(row, word))) {
      found.push(row);
    }
  }
  return found.sort(compare);
}

function isIn(row: RequestRow, group: Group): boolean {
  switch (group) {
    case 'waiting': return isWaiting(row.status);
    case 'served': return isServed(row.status);
    case 'over': return isOver(row.status);
    default: return !isOver(row.status);
  }
}

function says(row: RequestRow, word: string): boolean {
  return `${row.id} ${row.customerId} ${row.problem} ${row.helperId ?? ''} ${row.channel} ${row.description}`.toLowerCase().includes(word);
}

function isInArea(row: RequestRow, area: string): boolean {
  const fine = areas.get(row.id) ?? latLngToCell(row.lat, row.lng, 8);
  areas.set(row.id, fine);
  return cellToParent(fine, Math.min(8, getResolution(area))) === area;
}

function compare(a: RequestRow, b: RequestRow): number {
  const over = Number(isOver(a.status)) - Number(isOver(b.status));
  if (over !== 0) {
    return over;
  }
  if (isOver(a.status)) {
    return b.since - a.since || (a.id < b.id ? -1 : 1);
  }
  return Number(isServed(a.status)) - Number(isServed(b.status))
    || ranks[a.severity] - ranks[b.severity] || a.submittedAt - b.submittedAt || (a.id < b.id ? -1 : 1);
}
