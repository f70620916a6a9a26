import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { path } from '../api/http';
import { textOf } from '../api/problem';
import { pause } from '../live/pause';
import { useConsole } from '../shell/console-state';
import { Comparison } from './comparison';
import type { ShadowRun } from './run';
import './shadow.css';

const policies: readonly [string, string][] = [['nearest', 'nearest: the nearest free helper'], ['score', 'score: chance of a fix, arrival, loyalty, fairness, scarce skill']];
const interval = 1000;

/** The last hours once more, under another policy: what would have come of it. */
export function ShadowView() {
  const { api } = useConsole();
  const hours = useSignal(2);
  const policy = useSignal('nearest');
  const run = useSignal<ShadowRun | null>(null);
  const asked = useSignal('');
  const fault = useSignal('');

  async function start(): Promise<void> {
    fault.value = '';
    try {
      const { id } = await api.post<{ id: string }>('/v1/shadow-runs', { hours: hours.value, policy: policy.value });
      asked.value = policy.value;
      run.value = { id, status: 'running', progress: 0 };
    } catch (refused) {
      fault.value = textOf(refused);
    }
  }

  async function cancel(): Promise<void> {
    try {
      await api.call('DELETE', path`/v1/shadow-runs/${run.value!.id}`);
      run.value = { ...run.value!, status: 'cancelled' };
    } catch (refused) {
      fault.value = textOf(refused);
    }
  }

  const id = run.value?.id ?? '';
  useEffect(() => {
    const ended = new AbortController();
    void (async () => {
      while (id !== '' && !ended.signal.aborted && run.value?.status === 'running') {
        await pause(interval, ended.signal);
        try {
          const now = await api.get<ShadowRun>(path`/v1/shadow-runs/${id}`, { signal: ended.signal });
          if (run.value?.status === 'running') {
            run.value = { ...now, id };
          }
        } catch (refused) {
          fault.value = ended.signal.aborted ? '' : textOf(refused);
        }
      }
    })();
    return () => ended.abort();
  }, [id]);

  const current = run.value;
  const isRunning = current?.status === 'running';
  return (
    <section class="shadow-view" aria-labelledby="shadow-title">
      <header>
        <h1 id="shadow-title">Shadow</h1>
        <p class="muted">Replays the requests of the last hours under another policy, with simulated people, and sets both side by side. Nobody is called.</p>
      </header>
      <form class="shadow-form" onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}>
        <label>The last hours
          <input type="number" min={1} max={24} required value={hours.value} onInput={(event) => (hours.value = event.currentTarget.valueAsNumber)} />
        </label>
        <label>Policy
          <select value={policy.value} onChange={(event) => (policy.value = event.currentTarget.value)}>
            {policies.map(([name, word]) => <option key={name} value={name}>{word}</option>)}
          </select>
        </label>
        {isRunning
          ? <button type="button" class="danger" onClick={() => void cancel()}>Stop</button>
          : <button class="primary">Replay</button>}
      </form>
      {fault.value && <p class="problem" role="alert">{fault.value}</p>}
      {current && isRunning && (
        <p class="running" role="status">
          <progress max={1} value={current.progress} aria-label="Progress" /> {Math.round(current.progress * 100)} %
        </p>
      )}
      {current?.status === 'cancelled' && <p role="status">Stopped.</p>}
      {current?.status === 'failed' && <p class="problem" role="alert">The replay failed. {current.detail}</p>}
      {current?.status === 'done' && current.actual && current.shadow && <Comparison actual={current.actual} shadow={current.shadow} policy={asked.value} />}
    </section>
  );
}
