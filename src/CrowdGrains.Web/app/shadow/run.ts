import type { KpiFigures } from '../api/types';

export interface ShadowRun {
  id: string;
  status: 'running' | 'done' | 'failed' | 'cancelled';
  progress: number;
  actual?: Outcome | null;
  shadow?: Outcome | null;
  detail?: string | null;
}

/** Key figures, bare or as a report's whole. */
export type Outcome = KpiFigures | { overall: KpiFigures; helperUtilisation?: number | null };

export function figuresOf(outcome: Outcome): KpiFigures {
  return 'overall' in outcome ? outcome.overall : outcome;
}

/** What a figure should be: more of it, or less. */
export type Wish = 'more' | 'less';

export interface Difference { actual: number | null; shadow: number | null; isBetter: boolean | null }

/** Whether the other policy did better; null where there is no telling. */
export function compare(actual: number | null, shadow: number | null, wish: Wish | null): Difference {
  const isSame = wish === null || actual === null || shadow === null || Math.abs(actual - shadow) < 1e-9;
  return { actual, shadow, isBetter: isSame ? null : (shadow! > actual!) === (wish === 'more') };
}
