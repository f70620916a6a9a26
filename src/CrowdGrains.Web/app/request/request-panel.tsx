import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { path } from '../api/http';
import { textOf } from '../api/problem';
import type { CloudEvent, Explanation, Page, Request, TimelineEntry } from '../api/types';
import { atMostEvery } from '../live/frames';
import { Actions } from '../override/actions';
import { useConsole } from '../shell/console-state';
import { openRequest } from '../shell/view';
import { Panel } from '../ui/panel';
import { SeverityMark } from '../ui/severity-mark';
import { spoken, statusWords } from '../ui/words';
import { Facts } from './facts';
import { Ladder } from './ladder';
import { Rounds } from './rounds';
import { Timeline } from './timeline';
import './request.css';

export interface Loaded { request: Request; etag: string | null; timeline: TimelineEntry[]; explanation: Explanation }

/** While its events come in quickly, a request is asked for so often. */
const refresh = 400;

/** One request: what it is, what happened to it and why, and what may be done by hand. */
export function RequestPanel({ id }: { id: string }) {
  const { api, feed } = useConsole();
  const loaded = useSignal<Loaded | null>(null);
  const fault = useSignal('');

  async function load(): Promise<void> {
    try {
      const [request, timeline, explanation] = await Promise.all([
        api.call<Request>('GET', path`/v1/requests/${id}`),
        api.get<Page<TimelineEntry>>(path`/v1/requests/${id}/timeline?limit=200`),
        api.get<Explanation>(path`/v1/requests/${id}/explanation`),
      ]);
      feed.city.see(request.data);
      loaded.value = { request: request.data, etag: request.etag, timeline: timeline.data, explanation };
      fault.value = '';
    } catch (refused) {
      fault.value = textOf(refused);
    }
  }

  useEffect(() => {
    loaded.value = null;
    void load();
    const again = atMostEvery(refresh, () => void load());
    return feed.listen((event) => {
      if (concerns(event, id)) {
        again();
      }
    });
  }, [id]);

  const shown = loaded.value;
  return (
    <Panel title={shown ? spoken(shown.request.problem) : id} close={() => openRequest('')} label={`Request ${id}`}>
      {fault.value && <p class="problem" role="alert">{fault.value}</p>}
      {!shown && !fault.value && <p class="muted">Loading…</p>}
      {shown && (
        <>
          <p class="headline" role="status">
            <SeverityMark severity={shown.request.severity} />
            <span class={`status ${shown.request.status}`}>{statusWords[shown.request.status]}</span>
            <code>{id}</code>
          </p>
          <Facts request={shown.request} />
          <Actions request={shown.request} etag={shown.etag} changed={() => void load()} />
          <Ladder timeline={shown.timeline} request={shown.request} />
          <Timeline entries={shown.timeline} />
          <Rounds rounds={shown.explanation.rounds} timeline={shown.timeline} />
        </>
      )}
    </Panel>
  );
}

function concerns(event: CloudEvent, id: string): boolean {
  return event.subject === `requests/${id}` || event.data.requestId === id;
}
