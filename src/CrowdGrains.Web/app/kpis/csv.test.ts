import { describe, expect, it } from 'vitest';
import type { KpiFigures, KpiReport } from '../api/types';
import { csvOf } from './csv';

const row: KpiFigures = {
  requests: 4, firstVisitResolvedRate: 0.75, resolvedRate: 0.5, timeToOffer: null, timeToAssign: { count: 4, mean: 10, p50: 9, p90: 20, p99: 30 },
  timeToArrive: null, arrivedWithin60MinRate: null, unservedRate: 0, cancelledRate: 0, offerAcceptanceRate: null, offersPerAssignment: null, travelSecondsPerJob: null,
};
const report: KpiReport = {
  since: '2026-01-01T00:00:00Z', until: '2026-01-01T01:00:00Z', overall: row, byTier: {}, byProblem: { 'a,"b"': row, '=1+1': row }, byChannel: {}, byCell: {},
  helperUtilisation: 0.4, helperUtilisationByTier: {},
};

describe('csvOf', () => {
  const lines = csvOf([report]).trimEnd().split('\r\n');

  it('has a line for each figure of each group', () => {
    expect(lines[0]).toBe('since,until,grouping,group,requests,figure,value');
    expect(lines).toContain('2026-01-01T00:00:00Z,2026-01-01T01:00:00Z,all,all,4,Fixed at the first visit,0.75');
    expect(lines).toContain('2026-01-01T00:00:00Z,2026-01-01T01:00:00Z,all,all,4,Time to assign p90,20');
  });

  it('leaves out what is not known, and quotes what must be quoted', () => {
    expect(lines.some((line) => line.includes('Offers accepted'))).toBe(false);
    expect(lines.some((line) => line.includes(',problem,"a,""b""",4,'))).toBe(true);
  });

  it('has no text that a spreadsheet takes for a formula', () => {
    expect(lines.some((line) => line.includes(",problem,'=1+1,"))).toBe(true);
  });
});
