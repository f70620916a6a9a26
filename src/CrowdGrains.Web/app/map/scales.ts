import type { CellSummary } from '../api/types';
import type { Measure } from '../shell/view';
import { duration } from '../ui/words';

export interface MeasureKind {
  name: string;

  /** What the numbers of the legend are. */
  unit: string;
  value: (cell: CellSummary) => number | null;

  /** Where the second, third … colour begins. */
  steps: readonly number[];
  text: (value: number) => string;
}

const whole = (value: number): string => String(Math.round(value));

export const measures: Record<Measure, MeasureKind> = {
  supply: { name: 'Supply', unit: 'free helpers', value: (cell) => cell.availableHelpers || null, steps: [2, 4, 8, 16], text: whole },
  demand: { name: 'Demand', unit: 'requests, waiting or under way', value: (cell) => cell.openRequests + cell.busyHelpers || null, steps: [2, 4, 8, 16], text: whole },
  wait: { name: 'Median wait', unit: 'of those who wait', value: (cell) => cell.medianWaitSeconds, steps: [30, 60, 180, 600], text: duration },
  shortage: {
    name: 'Shortage',
    unit: 'requests for each helper on duty',
    value: (cell) => (cell.openRequests + cell.busyHelpers === 0 ? null : (cell.openRequests + cell.busyHelpers) / Math.max(1, cell.availableHelpers + cell.busyHelpers)),
    steps: [0.25, 0.5, 0.75, 1],
    text: (value) => `${Math.round(value * 100)} %`,
  },
};

/** One hue for each measure, the most in the strongest contrast to the ground: readable without telling hues apart. */
const ramps: Record<'light' | 'dark', Record<Measure, readonly string[]>> = {
  light: {
    supply: ['#cfe1f2', '#93c4de', '#519ccc', '#1f6fb3', '#08418a'],
    demand: ['#fddbb8', '#fdb97d', '#f58b3c', '#d95f0e', '#993404'],
    wait: ['#e0d7ec', '#c2b0da', '#9a7fc0', '#724aa3', '#4a1486'],
    shortage: ['#fbd9cf', '#f6a98f', '#e46b52', '#bf2f2a', '#7a0a17'],
  },
  dark: {
    supply: ['#16324a', '#1b4f79', '#2474af', '#53a1db', '#a9d6f7'],
    demand: ['#41260f', '#6b3a10', '#a65615', '#e2832f', '#fcc590'],
    wait: ['#2d2145', '#453170', '#6a4ba3', '#9b7fd1', '#d5c5f2'],
    shortage: ['#43191a', '#6f2524', '#a83a34', '#e26d5e', '#fdbcae'],
  },
};

export function ramp(measure: Measure, isDark: boolean): readonly string[] {
  return ramps[isDark ? 'dark' : 'light'][measure];
}

/** Which colour a value has, from 0. */
export function stepOf(value: number, steps: readonly number[]): number {
  let step = 0;
  while (step < steps.length && value >= steps[step]!) {
    step++;
  }
  return step;
}

/** The legend's texts, one for each colour. */
export function stepTexts({ steps, text }: MeasureKind): string[] {
  return [`< ${text(steps[0]!)}`, ...steps.map((from, i) => (i === steps.length - 1 ? `${text(from)} +` : `${text(from)} – ${text(steps[i + 1]!)}`))];
}

/** The resolution of cells that are neither dust nor slabs at a zoom; the server has them up to 8. */
export function resolutionAt(zoom: number): number {
  return zoom >= 10.6 ? 8 : zoom >= 9 ? 7 : zoom >= 7.6 ? 6 : zoom >= 6 ? 5 : zoom >= 4.5 ? 4 : zoom >= 3 ? 3 : 2;
}
