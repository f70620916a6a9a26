import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Request } from '../api/types';
import type { ServerClock } from '../live/server-clock';
import { timeOfDay } from '../ui/words';

export function WhoComes({ request, clock }: { request: Request; clock: ServerClock }) {
  const assignment = request.assignment!;
  const arrival = Date.parse(assignment.assignedAt) + assignment.etaSeconds * 1000;
  const minutes = useSignal(minutesLeft());
  useEffect(() => {
    minutes.value = minutesLeft();
    const timer = window.setInterval(() => (minutes.value = minutesLeft()), 5000);
    return () => window.clearInterval(timer);
  }, [arrival]);
  return (
    <div class="who">
      <span class="face" aria-hidden="true">{(assignment.helperFirstName ?? '?').charAt(0)}</span>
      <p>
        <strong>{assignment.helperFirstName ?? 'Your helper'}</strong>
        {assignment.helperStars != null && <span class="stars" aria-label={`rated ${assignment.helperStars.toFixed(1)} of 5`}>★ {assignment.helperStars.toFixed(1)}</span>}
      </p>
      {request.status !== 'onSite' && (
        <p class="eta">
          <strong>{minutes.value < 1 ? 'any moment' : `${minutes.value} min`}</strong>
          <span class="small muted">about {timeOfDay(arrival, false)}</span>
        </p>
      )}
    </div>
  );

  function minutesLeft(): number {
    return Math.max(0, Math.ceil((arrival - clock.now()) / 60_000));
  }
}
