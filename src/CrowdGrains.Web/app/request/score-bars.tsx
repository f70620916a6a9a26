import type { Candidate, Score } from '../api/types';

const terms = ['fix', 'travel', 'loyalty', 'fairness', 'scarcity'] as const;

/** How far the bars of a round reach to both sides of nothing, in points. */
export interface Extent { against: number; for: number }

/** The terms of a score side by side: what speaks for the helper right of the line, what speaks against left of it. */
export function ScoreBars({ score, extent }: { score: Score; extent: Extent }) {
  const whole = Math.max(1, extent.against + extent.for);
  const scale = 100 / whole;
  const zero = extent.against * scale;
  let left = zero;
  let right = zero;
  const text = terms.filter((term) => score[term] !== 0).map((term) => `${term} ${score[term]}`).join(', ');
  return (
    <svg class="score-bars" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label={`Score ${score.total}: ${text}`}>
      <title>{text}</title>
      {terms.map((term) => {
        const width = Math.abs(score[term]) * scale;
        const x = score[term] < 0 ? (left -= width) : right;
        right += score[term] > 0 ? width : 0;
        return width > 0 && <rect key={term} class={term} x={x} y="0" width={width} height="6" />;
      })}
      <line x1={zero} x2={zero} y1="0" y2="6" vector-effect="non-scaling-stroke" />
    </svg>
  );
}

export function extentOf(candidates: readonly Candidate[]): Extent {
  const sums = candidates.map(({ score }) => ({
    against: -sum(terms.map((term) => Math.min(0, score[term]))),
    for: sum(terms.map((term) => Math.max(0, score[term]))),
  }));
  return { against: Math.max(0, ...sums.map((of) => of.against)), for: Math.max(0, ...sums.map((of) => of.for)) };
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
