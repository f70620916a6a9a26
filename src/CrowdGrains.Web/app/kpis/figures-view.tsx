import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { KpiReport } from '../api/types';
import { useConsole } from '../shell/console-state';
import { spoken } from '../ui/words';
import { csvOf, download } from './csv';
import { figures, groupsOf, rowOf, textOfFigure, type Figure, type Grouping } from './figures';
import { FigureTable } from './figure-table';
import { KpiHistory } from './history';
import { Plot, type Series } from './plot';
import './kpis.css';

const spans: readonly [number, string][] = [[1, 'the last hour'], [6, 'the last 6 hours'], [24, 'the last 24 hours']];
const groupings: readonly [Grouping, string][] = [['all', 'All'], ['tier', 'By tier'], ['problem', 'By problem'], ['channel', 'By channel']];

/** Told apart with any kind of sight, on light and dark ground alike; further groups stand in the table only. */
const colors = ['--tier-friend', '--tier-technician', '--tier-pro', '--tier-partner', '--severity-critical', '--muted'];
const dashes: (number[] | undefined)[] = [undefined, [6, 3], [2, 3], [8, 3, 2, 3], [4, 2], [1, 3]];

/** What the dispatch is worth, over time; effectiveness first. */
export function FiguresView() {
  const { api, feed } = useConsole();
  const hours = useSignal(6);
  const grouping = useSignal<Grouping>('all');
  const history = useSignal<KpiHistory | null>(null);
  const reports = useComputed(() => history.value?.reports.value ?? []);

  useEffect(() => {
    const made = new KpiHistory(api, feed.clock, hours.value);
    history.value = made;
    made.start();
    return () => made.stop();
  }, [hours.value]);

  const newest = reports.value.at(-1);
  const groups = newest ? groupsOf(newest, grouping.value) : [];
  return (
    <section class="figures-view" aria-labelledby="figures-title">
      <header>
        <h1 id="figures-title">Figures</h1>
        <label class="inline">Requests submitted in
          <select value={String(hours.value)} onChange={(event) => (hours.value = Number(event.currentTarget.value))}>
            {spans.map(([span, word]) => <option key={span} value={span}>{word}</option>)}
          </select>
        </label>
        <div class="groups" role="group" aria-label="Groups">
          {groupings.map(([name, word]) => <button key={name} aria-pressed={grouping.value === name} onClick={() => (grouping.value = name)}>{word}</button>)}
        </div>
        <span class="spacer" />
        <button disabled={!newest} onClick={() => download(`figures-${newest!.until.slice(0, 19).replace(/:/g, '')}.csv`, csvOf(reports.value))}>Download CSV</button>
      </header>
      {history.value?.fault.value && <p class="problem" role="alert">{history.value.fault.value}</p>}
      {grouping.value !== 'all' && (
        <ul class="plot-legend" aria-hidden="true">
          {groups.slice(0, colors.length).map(([group], i) => (
            <li key={group}>
              <svg width="30" height="4"><line x2="30" y1="2" y2="2" stroke={`var(${colors[i]})`} stroke-width="3" stroke-dasharray={dashes[i]?.join(' ')} /></svg>
              {spoken(group)}
            </li>
          ))}
          {groups.length > colors.length && <li class="muted">{groups.length - colors.length} more in the table</li>}
        </ul>
      )}
      <div class="plots">
        {newest && figures.map((figure) => <FigureCard key={figure.name} figure={figure} grouping={grouping.value} reports={reports.value} newest={newest} />)}
      </div>
      {newest ? <FigureTable report={newest} grouping={grouping.value} /> : <p class="muted">Loading…</p>}
    </section>
  );
}

interface CardProps { figure: Figure; grouping: Grouping; reports: readonly KpiReport[]; newest: KpiReport }

function FigureCard({ figure, grouping, reports, newest }: CardProps) {
  const series = seriesOf(figure, grouping, reports, newest);
  const first = figure.lines[0]!;
  return (
    <figure class="figure">
      <figcaption>
        <h2>{figure.name}</h2>
        <strong>{textOfFigure(first.read(newest.overall, newest, 'all', 'all'), figure.unit)}</strong>
        <span class="small muted">{figure.explains}{figure.lines.length > 1 && grouping === 'all' && `; ${figure.lines.map((line) => line.name).join(', ')}`}</span>
      </figcaption>
      {series.some((line) => line.values.some((value) => value !== null))
        ? <Plot figure={figure} times={reports.map((report) => Date.parse(report.until) / 1000)} series={series} />
        : <p class="nothing muted">Nothing to show {grouping === 'all' ? 'yet' : 'by ' + grouping}.</p>}
    </figure>
  );
}

function seriesOf(figure: Figure, grouping: Grouping, reports: readonly KpiReport[], newest: KpiReport): Series[] {
  const style = getComputedStyle(document.documentElement);
  const color = (i: number): string => style.getPropertyValue(colors[i % colors.length]!).trim();
  if (grouping === 'all') {
    return figure.lines.map((line, i) => ({ name: line.name, color: color(i), dash: dashes[i], values: reports.map((report) => line.read(report.overall, report, 'all', 'all')) }));
  }
  return groupsOf(newest, grouping).slice(0, colors.length).map(([group], i) => ({
    name: group,
    color: color(i),
    dash: dashes[i],
    values: reports.map((report) => {
      const row = rowOf(report, grouping, group);
      return row ? figure.lines[0]!.read(row, report, group, grouping) : null;
    }),
  }));
}
