import { latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import type { RequestRow } from '../city/rows';
import { select, type Wanted } from './select';

const all: Wanted = { group: 'open', severity: '', search: '', area: '' };

function row(id: string, more: Partial<RequestRow>): RequestRow {
  return {
    id, customerId: `customer-${id}`, problem: 'router-setup', severity: 'normal', status: 'searching', lat: 40.7, lng: -74, channel: 'web', description: '',
    submittedAt: 0, since: 0, rung: { index: 0, tier: 'friend' }, helperId: null, etaSeconds: null, stars: null, offers: new Map(), ...more,
  };
}

const rows = [
  row('served', { status: 'enRoute', helperId: 'ada', severity: 'critical' }),
  row('young', { submittedAt: 50 }),
  row('old', { submittedAt: 10 }),
  row('urgent', { severity: 'high', submittedAt: 90 }),
  row('far', { lat: 10, submittedAt: 99, severity: 'low' }),
  row('ended', { status: 'completed', since: 5 }),
  row('ended-later', { status: 'cancelled', since: 9 }),
];

const ids = (wanted: Partial<Wanted>): string[] => select(rows, { ...all, ...wanted }).map(({ id }) => id);

describe('select', () => {
  it('puts who waits first, the severest and then the oldest on top', () => {
    expect(ids({})).toEqual(['urgent', 'old', 'young', 'far', 'served']);
  });

  it('tells who waits, who is served and what is over', () => {
    expect(ids({ group: 'waiting' })).toEqual(['urgent', 'old', 'young', 'far']);
    expect(ids({ group: 'served' })).toEqual(['served']);
    expect(ids({ group: 'over' })).toEqual(['ended-later', 'ended']);
  });

  it('finds every word, wherever it stands', () => {
    expect(ids({ search: 'Router ada' })).toEqual(['served']);
    expect(ids({ search: 'customer-old' })).toEqual(['old']);
  });

  it('keeps to a severity and to an area of any size', () => {
    expect(ids({ severity: 'high' })).toEqual(['urgent']);
    expect(ids({ area: latLngToCell(10, -74, 8) })).toEqual(['far']);
    expect(ids({ area: latLngToCell(40.7, -74, 5), group: 'waiting' })).toEqual(['urgent', 'old', 'young']);
  });
});
