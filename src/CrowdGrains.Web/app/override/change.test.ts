import { describe, expect, it } from 'vitest';
import type { Request } from '../api/types';
import { changes } from './change';

const before = { status: 'offering', severity: 'normal', rung: { index: 0, tier: 'friend' }, assignment: null, visits: [] } as unknown as Request;

describe('changes', () => {
  it('says what is different, and nothing else', () => {
    const now: Request = { ...before, status: 'assigned', assignment: { helperId: 'ada', offerId: 'o', etaSeconds: 90, assignedAt: '' } };
    expect(changes(before, now)).toEqual(['State: Offered → Assigned', 'Helper: nobody → ada', 'Arrival: unknown → 1:30']);
    expect(changes(before, before)).toEqual([]);
  });
});
