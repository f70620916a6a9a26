import type { KpiReport } from '../api/types';
import { figures, textOfFigure, type Figure } from '../kpis/figures';
import { compare, figuresOf, type Outcome, type Wish } from './run';

const wishes: Record<string, Wish> = {
  'Time to assign': 'less', 'Time to arrive': 'less', Unserved: 'less', Cancelled: 'less', 'Offers for an assignment': 'less', 'Travel for a job': 'less',
};

/** What was and what would have been, figure by figure. */
export function Comparison({ actual, shadow, policy }: { actual: Outcome; shadow: Outcome; policy: string }) {
  const was = figuresOf(actual);
  const would = figuresOf(shadow);
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Both side by side">
      <table class="comparison">
        <thead>
          <tr><th scope="col">Figure</th><th scope="col">As it was</th><th scope="col">Under {policy}</th><th scope="col">Difference</th></tr>
        </thead>
        <tbody>
          {figures.flatMap((figure) => figure.lines.map((line) => {
            const { isBetter, ...values } = compare(line.read(was, reportOf(actual), 'all', 'all'), line.read(would, reportOf(shadow), 'all', 'all'), figure.unit === 'count' ? null : (wishes[figure.name] ?? 'more'));
            return (
              <tr key={figure.name + line.name}>
                <th scope="row">{figure.name} {line.name}</th>
                <td>{textOfFigure(values.actual, figure.unit)}</td>
                <td>{textOfFigure(values.shadow, figure.unit)}</td>
                <td class={isBetter === null ? 'muted' : isBetter ? 'better' : 'worse'}>{difference(values.actual, values.shadow, figure.unit)}{isBetter !== null && (isBetter ? ' better' : ' worse')}</td>
              </tr>
            );
          }))}
        </tbody>
      </table>
    </div>
  );
}

function reportOf(outcome: Outcome): KpiReport {
  return { helperUtilisation: null, ...('overall' in outcome ? outcome : {}) } as KpiReport;
}

function difference(actual: number | null, shadow: number | null, unit: Figure['unit']): string {
  if (actual === null || shadow === null) {
    return '–';
  }
  const sign = shadow > actual ? '+' : shadow < actual ? '−' : '±';
  const size = Math.abs(shadow - actual);
  return unit === 'share' ? `${sign}${(size * 100).toFixed(1)} points` : `${sign}${textOfFigure(size, unit)}`;
}
