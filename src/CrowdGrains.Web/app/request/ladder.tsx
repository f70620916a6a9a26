import type { Request, Rung, TimelineEntry } from '../api/types';
import { tierWords } from '../ui/words';

interface Step { visit: number; rung: Rung }

/** The rungs the request has stood on, visit by visit. */
export function Ladder({ timeline, request }: { timeline: TimelineEntry[]; request: Request }) {
  const steps = climbed(timeline);
  const visits = [...new Set(steps.map((step) => step.visit))];
  if (steps.length === 0) {
    return null;
  }
  return (
    <section aria-label="Ladder">
      <h3>Ladder</h3>
      {visits.map((visit) => (
        <ol key={visit} class="ladder" aria-label={`Visit ${visit}`}>
          {visits.length > 1 && <li class="small muted">Visit {visit}</li>}
          {steps.filter((step) => step.visit === visit).map((step) => {
            const isHere = visit === visits.at(-1) && step.rung.index === request.rung.index;
            return <li key={step.rung.index} class={`rung ${step.rung.tier}`} aria-current={isHere ? 'step' : undefined}>{tierWords[step.rung.tier]}</li>;
          })}
        </ol>
      ))}
    </section>
  );
}

export function climbed(timeline: TimelineEntry[]): Step[] {
  const steps: Step[] = [];
  for (const entry of timeline) {
    const { rung, visit } = entry.data as { rung?: Rung; visit?: number };
    if (rung && visit && !steps.some((step) => step.visit === visit && step.rung.index === rung.index)) {
      steps.push({ visit, rung });
    }
  }
  return steps;
}
