import { useSignal } from '@preact/signals';
import { spoken, statusWords, timeOfDay } from '../ui/words';
import type { Duty, Job } from './duty';

/** The job and the one thing that comes next; the rest stays out of the way. */
export function JobCard({ duty, job }: { duty: Duty; job: Job }) {
  const { request } = job;
  const gives = useSignal(false);
  const { lat, lng } = request.position;
  return (
    <section class="card job" aria-label={`Job: ${spoken(request.problem)}`}>
      <header>
        <h2>{spoken(request.problem)}</h2>
        <span class="pill good" role="status">{statusWords[request.status]}</span>
      </header>
      {request.description && <p>{request.description}</p>}
      <dl class="facts">
        <div><dt>Where</dt><dd><a href={`geo:${lat},${lng}?q=${lat},${lng}`}>{lat.toFixed(5)}, {lng.toFixed(5)}</a></dd></div>
        {request.assignment && <div><dt>Yours since</dt><dd>{timeOfDay(request.assignment.assignedAt, false)}</dd></div>}
        <div><dt>Request</dt><dd>{request.id}</dd></div>
      </dl>
      {gives.value ? <GiveUp duty={duty} job={job} back={() => (gives.value = false)} /> : (
        <>
          <Next duty={duty} job={job} />
          <button class="quiet" onClick={() => (gives.value = true)}>I cannot do it</button>
        </>
      )}
    </section>
  );
}

function Next({ duty, job }: { duty: Duty; job: Job }) {
  const isBusy = duty.isBusy.value;
  switch (job.request.status) {
    case 'assigned': return <button class="primary" disabled={isBusy} onClick={() => void duty.enRoute(job)}>I am on my way</button>;
    case 'enRoute': return <button class="primary" disabled={isBusy} onClick={() => void duty.arrive(job)}>I am there</button>;
    case 'onSite': return (
      <div class="row">
        <button disabled={isBusy} onClick={() => void duty.complete(job, false)}>Not fixed</button>
        <button class="primary" disabled={isBusy} onClick={() => void duty.complete(job, true)}>Fixed</button>
      </div>
    );
    default: return null;
  }
}

function GiveUp({ duty, job, back }: { duty: Duty; job: Job; back: () => void }) {
  const reason = useSignal('');
  return (
    <form onSubmit={(event) => {
      event.preventDefault();
      void duty.giveUp(job, reason.value.trim());
    }}>
      <p>Somebody else is looked for at once.</p>
      <label>Why
        <input required maxLength={200} value={reason.value} onInput={(event) => (reason.value = event.currentTarget.value)} />
      </label>
      <div class="row">
        <button type="button" onClick={back}>Back</button>
        <button class="danger" disabled={duty.isBusy.value}>Give it up</button>
      </div>
    </form>
  );
}
