import type { TimelineEntry } from '../api/types';
import { timeOfDay } from '../ui/words';
import { tell } from './tell';

export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  return (
    <section aria-label="Timeline">
      <h3>Timeline</h3>
      <ol class="timeline">
        {entries.map((entry) => {
          const { what, more } = tell(entry);
          return (
            <li key={entry.sequence} class={entry.type.split('.')[0]}>
              <time dateTime={entry.at}>{timeOfDay(entry.at)}</time>
              <span>
                {what}
                {more && <span class="muted"> {more}</span>}
                <span class="small muted" title={entry.actor}> {byWhom(entry)}</span>
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** The grains act by themselves most of the time, and helpers report their own steps: that needs no name. */
function byWhom(entry: TimelineEntry): string {
  const dispatcher = entry.data.dispatcher;
  if (typeof dispatcher === 'string' && dispatcher !== '') {
    return `by ${dispatcher}`;
  }
  return entry.actor === '' || entry.actor === `helper:${String(entry.data.helperId)}` ? '' : `by ${entry.actor.replace(/^(?:admin|dispatch):[^:]*:(.*)/, '$1').replace(/^(admin|dispatch):.*/, '$1')}`;
}
