import { isOver, isWaiting, type RequestRow } from '../city/rows';
import { SeverityMark } from '../ui/severity-mark';
import { duration, spoken, statusWords, timeOfDay } from '../ui/words';

interface Props { row: RequestRow; now: number; helperName: string; isOpen: boolean; open: (id: string) => void }

export function RequestLine({ row, now, helperName, isOpen, open }: Props) {
  return (
    <li class="request-line">
      <button aria-current={isOpen || undefined} onClick={() => open(row.id)} data-request={row.id}>
        <SeverityMark severity={row.severity} />
        <span class="what">
          <strong>{spoken(row.problem)}</strong>
          <span class="small muted">{row.id} · {row.customerId} · {row.channel}</span>
        </span>
        <span class="state">
          <span class={`status ${row.status}`}>{statusWords[row.status]}{row.stars !== null && ` ${'★'.repeat(row.stars)}`}</span>
          <span class="small muted">{helperName || `${spoken(row.rung.tier)} rung`}</span>
        </span>
        <Age row={row} now={now} />
      </button>
    </li>
  );
}

/** How long it has waited, or has been in the state it is in; for what is over, when it ended. */
function Age({ row, now }: { row: RequestRow; now: number }) {
  if (isOver(row.status)) {
    return <span class="age muted">{timeOfDay(row.since, false)}</span>;
  }
  const seconds = (now - (isWaiting(row.status) ? row.submittedAt : row.since)) / 1000;
  return <span class={`age ${isWaiting(row.status) && seconds > 120 ? 'late' : ''}`}>{duration(seconds)}</span>;
}
