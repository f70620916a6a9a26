import { useSignal } from '@preact/signals';
import type { Request } from '../api/types';
import type { Case } from './case';

const words = ['', 'Poor', 'Not good', 'All right', 'Good', 'Very good'] as const;

export function RateForm({ own, request }: { own: Case; request: Request }) {
  const stars = useSignal(0);
  const resolved = useSignal<boolean | null>(null);
  if (request.stars !== null) {
    return (
      <section class="card" aria-label="Your rating">
        <h2>Thank you</h2>
        <p>You gave <span class="stars" aria-label={`${request.stars} of 5 stars`}>{'★'.repeat(request.stars)}{'☆'.repeat(5 - request.stars)}</span></p>
      </section>
    );
  }
  return (
    <form class="card" aria-label="Your rating" onSubmit={(event) => {
      event.preventDefault();
      void own.rate(stars.value, resolved.value === true);
    }}>
      <h2>How was it?</h2>
      <fieldset class="star-choice">
        <legend class="spoken">Stars</legend>
        {[1, 2, 3, 4, 5].map((value) => (
          <label key={value} class={value <= stars.value ? 'on' : ''}>
            <input type="radio" name="stars" checked={stars.value === value} onChange={() => (stars.value = value)} aria-label={`${value} of 5: ${words[value]}`} />
            <span aria-hidden="true">{value <= stars.value ? '★' : '☆'}</span>
          </label>
        ))}
        <span class="muted">{words[stars.value]}</span>
      </fieldset>
      <fieldset class="row">
        <legend>Is the problem gone?</legend>
        <button type="button" aria-pressed={resolved.value === true} onClick={() => (resolved.value = true)}>Yes</button>
        <button type="button" aria-pressed={resolved.value === false} onClick={() => (resolved.value = false)}>No</button>
      </fieldset>
      <button class="primary" disabled={stars.value === 0 || resolved.value === null || own.isBusy.value}>Send</button>
    </form>
  );
}
