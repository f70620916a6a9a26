import { useSignal, type Signal } from '@preact/signals';
import { greatCircleDistance } from 'h3-js';
import type { Request } from '../api/types';
import type { HelperRow } from '../city/rows';
import { useConsole } from '../shell/console-state';
import { meters, presenceWords, tierWords } from '../ui/words';

const shown = 6;

/** Finds a helper by name or id; the nearest of those who are free stand first. */
export function HelperChoice({ request, chosen }: { request: Request; chosen: Signal<string> }) {
  const { feed } = useConsole();
  const search = useSignal('');
  const found = near([...feed.city.helpers.values()], request, search.value);
  return (
    <fieldset class="helper-choice">
      <legend class="spoken">Helper</legend>
      <label>Helper
        <input type="search" value={search.value} placeholder="Name or id" onInput={(event) => (search.value = event.currentTarget.value)} />
      </label>
      <ul>
        {found.map(({ row, distance }) => (
          <li key={row.id}>
            <label class="check">
              <input type="radio" name="helper" checked={chosen.value === row.id} onChange={() => (chosen.value = row.id)} />
              <span>{row.name} <span class="muted small">{row.id} · {tierWords[row.tier]} · {presenceWords[row.presence]} · {meters(distance)}</span></span>
            </label>
          </li>
        ))}
        {found.length === 0 && <li class="muted small">Nobody is called that.</li>}
      </ul>
    </fieldset>
  );
}

function near(rows: HelperRow[], request: Request, search: string): { row: HelperRow; distance: number }[] {
  const text = search.trim().toLowerCase();
  const place: [number, number] = [request.position.lat, request.position.lng];
  return rows
    .filter((row) => (text === '' ? row.presence === 'available' : `${row.id} ${row.name}`.toLowerCase().includes(text)))
    .map((row) => ({ row, distance: row.lat === null || row.lng === null ? Infinity : Math.round(greatCircleDistance([row.lat, row.lng], place, 'm')) }))
    .filter(({ distance }) => Number.isFinite(distance))
    .sort((a, b) => Number(a.row.presence !== 'available') - Number(b.row.presence !== 'available') || a.distance - b.distance)
    .slice(0, shown);
}
