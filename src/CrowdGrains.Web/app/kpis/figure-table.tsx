import type { KpiReport } from '../api/types';
import { spoken, timeOfDay } from '../ui/words';
import { figures, groupsOf, textOfFigure, type Grouping } from './figures';

/** The newest report in numbers, all figures of all groups. */
export function FigureTable({ report, grouping }: { report: KpiReport; grouping: Grouping }) {
  const groups = groupsOf(report, grouping);
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Figures in numbers">
      <table>
        <caption>{timeOfDay(report.since, false)} to {timeOfDay(report.until, false)}</caption>
        <thead>
          <tr>
            <th scope="col">{grouping === 'all' ? '' : spoken(grouping)}</th>
            {figures.flatMap((figure) => figure.lines.map((line) => <th key={figure.name + line.name} scope="col">{figure.name} {line.name}</th>))}
          </tr>
        </thead>
        <tbody>
          {groups.map(([group, row]) => (
            <tr key={group}>
              <th scope="row">{spoken(group)}</th>
              {figures.flatMap((figure) => figure.lines.map((line) => (
                <td key={figure.name + line.name}>{textOfFigure(line.read(row, report, group, grouping), figure.unit)}</td>
              )))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
