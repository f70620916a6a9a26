import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Severity } from '../api/types';
import { tick, useConsole } from '../shell/console-state';
import { openRequest, view, type Group } from '../shell/view';
import { count, severities, severityWords } from '../ui/words';
import { RequestLine } from './request-line';
import { select } from './select';
import './work-list.css';

const groups: readonly [Group, string][] = [['open', 'Open'], ['waiting', 'Waiting'], ['served', 'Under way'], ['over', 'Ended']];

/** All lines are equally high, so that only those in sight need to be made. */
const lineHeight = 60;
const overscan = 6;

export function WorkList() {
  const { feed } = useConsole();
  const scroller = useRef<HTMLOListElement>(null);
  const top = useSignal(0);
  const height = useSignal(900);
  const rows = useComputed(() => {
    void feed.city.requestsRevision.value;
    return select(feed.city.requests.values(), {
      group: view.group.value, severity: view.severity.value, search: view.search.value, area: view.area.value,
    });
  });
  void tick.value;

  useSignalEffect(() => {
    const index = rows.peek().findIndex((row) => row.id === view.request.value);
    const list = scroller.current;
    if (list && index >= 0 && (index * lineHeight < list.scrollTop || (index + 1) * lineHeight > list.scrollTop + list.clientHeight)) {
      list.scrollTop = Math.max(0, index * lineHeight - list.clientHeight / 3);
    }
  });

  const first = Math.max(0, Math.floor(top.value / lineHeight) - overscan);
  const shown = rows.value.slice(first, first + Math.ceil(height.value / lineHeight) + 2 * overscan);
  return (
    <section class="work-list" aria-label="Work list">
      <header>
        <div class="groups" role="group" aria-label="State">
          {groups.map(([group, word]) => (
            <button key={group} class="quiet" aria-pressed={view.group.value === group} onClick={() => (view.group.value = group)}>{word}</button>
          ))}
        </div>
        <div class="filters">
          <input id="search" type="search" placeholder="Search id, problem, customer, helper" aria-label="Search requests"
            value={view.search.value} onInput={(event) => (view.search.value = event.currentTarget.value)} />
          <select aria-label="Severity" value={view.severity.value} onChange={(event) => (view.severity.value = event.currentTarget.value as Severity | '')}>
            <option value="">Any severity</option>
            {severities.map((severity) => <option key={severity} value={severity}>{severityWords[severity]}</option>)}
          </select>
        </div>
        <p class="small muted" role="status">
          {count(rows.value.length)} {rows.value.length === 1 ? 'request' : 'requests'}
          {view.area.value && <> in cell <code>{view.area.value}</code> <button class="quiet small" onClick={() => (view.area.value = '')}>Everywhere</button></>}
        </p>
      </header>
      <ol ref={scroller} tabIndex={-1} onScroll={(event) => {
        top.value = event.currentTarget.scrollTop;
        height.value = event.currentTarget.clientHeight;
      }}>
        <li aria-hidden="true" style={{ height: `${first * lineHeight}px` }} />
        {shown.map((row) => (
          <RequestLine key={row.id} row={row} now={feed.clock.now()} helperName={nameOf(row.helperId)} isOpen={view.request.value === row.id} open={openRequest} />
        ))}
        <li aria-hidden="true" style={{ height: `${Math.max(0, rows.value.length - first - shown.length) * lineHeight}px` }} />
        {rows.value.length === 0 && <li class="nothing muted">{feed.isLoaded.value ? 'No request is like this.' : 'Loading…'}</li>}
      </ol>
    </section>
  );

  function nameOf(helper: string | null): string {
    return helper === null ? '' : feed.nameOf(helper);
  }
}
