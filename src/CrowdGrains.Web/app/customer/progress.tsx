import type { Request, RequestStatus } from '../api/types';

const steps = ['Asked for', 'Found', 'On the way', 'There', 'Done'] as const;

const reached: Partial<Record<RequestStatus, number>> = { submitted: 0, searching: 0, offering: 0, assigned: 1, enRoute: 2, onSite: 3, completed: 4 };

const sentences: Record<RequestStatus, string> = {
  submitted: 'We look for somebody near you.',
  searching: 'We look for somebody near you.',
  offering: 'We have asked somebody near you.',
  assigned: 'Somebody will come.',
  enRoute: 'Your helper is on the way.',
  onSite: 'Your helper is there.',
  completed: 'The visit is over.',
  cancelled: 'The request was cancelled.',
  unserved: 'We are sorry: nobody could come in time.',
  aborted: 'The helper had to give up.',
};

export function Progress({ request }: { request: Request }) {
  const at = reached[request.status];
  const again = request.visits.length > 0 && at !== undefined && at < 4;
  return (
    <>
      <h2>{sentences[request.status]}</h2>
      {again && <p>The last visit did not fix it. Somebody else is on it.</p>}
      {at !== undefined && (
        <ol class="progress">
          {steps.map((step, i) => (
            <li key={step} class={i <= at ? 'done' : ''} aria-current={i === at ? 'step' : undefined}><i aria-hidden="true" />{step}</li>
          ))}
        </ol>
      )}
    </>
  );
}
