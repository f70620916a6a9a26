import { useComputed } from '@preact/signals';
import { isServed, isWaiting } from '../city/rows';
import { count, duration } from '../ui/words';
import { tick, useConsole } from './console-state';

/** The city in one line. */
export function Summary() {
  const { feed } = useConsole();
  const requests = useComputed(() => {
    void feed.city.requestsRevision.value;
    void tick.value;
    let waiting = 0, served = 0, longest = 0;
    for (const row of feed.city.requests.values()) {
      if (isWaiting(row.status)) {
        waiting++;
        longest = Math.max(longest, (feed.clock.now() - row.submittedAt) / 1000);
      } else if (isServed(row.status)) {
        served++;
      }
    }
    return { waiting, served, longest };
  });
  const helpers = useComputed(() => {
    void feed.city.helpersRevision.value;
    let free = 0, onDuty = 0;
    for (const row of feed.city.helpers.values()) {
      if (row.presence !== 'offline' && row.presence !== 'onBreak' && !row.stale) {
        onDuty++;
        free += row.presence === 'available' ? 1 : 0;
      }
    }
    return { free, onDuty };
  });
  const { waiting, served, longest } = requests.value;
  return (
    <dl class="summary">
      <div><dt>Waiting</dt><dd>{count(waiting)}</dd></div>
      <div><dt>Longest wait</dt><dd>{waiting > 0 ? duration(longest) : '–'}</dd></div>
      <div><dt>Under way</dt><dd>{count(served)}</dd></div>
      <div><dt>Helpers free</dt><dd>{count(helpers.value.free)}<span class="muted"> of {count(helpers.value.onDuty)} on duty</span></dd></div>
    </dl>
  );
}
