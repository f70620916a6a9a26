import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { DeclineReason, Offer } from '../api/types';
import { duration, money, spoken } from '../ui/words';
import type { Duty } from './duty';

const reasons: readonly [DeclineReason, string][] = [
  ['busy', 'I am busy'], ['tooFar', 'Too far'], ['notSkilled', 'Not my skill'], ['notNow', 'Not now'], ['unavailable', 'Not available today'],
];
const pauses: readonly [number | null, string][] = [[null, 'Do not ask again'], [600, 'Ask again in 10 minutes'], [3600, 'Ask again in an hour']];

export function OfferCard({ duty, offer }: { duty: Duty; offer: Offer }) {
  const declines = useSignal(false);
  const reason = useSignal<DeclineReason>('busy');
  const pause = useSignal<number | null>(null);
  const left = useSecondsUntil(duty, offer.expiresAt);
  const whole = Math.max(1, (Date.parse(offer.expiresAt) - Date.parse(offer.issuedAt)) / 1000);
  return (
    <section class="card offer" aria-label={`Offer: ${spoken(offer.problem)}`}>
      <header>
        <h2>{spoken(offer.problem)}</h2>
        <strong class="fee">{money(offer.fee)}</strong>
      </header>
      <p>{duration(offer.etaSeconds)} away. The address is told when you accept.</p>
      <div class="countdown">
        <progress max={whole} value={left} aria-label="Time to answer" />
        <span class={left < 10 ? 'late age' : ''}>{left > 0 ? duration(left) : 'expired'}</span>
      </div>
      {!declines.value
        ? (
          <div class="row">
            <button disabled={duty.isBusy.value} onClick={() => (declines.value = true)}>Decline</button>
            <button class="primary" disabled={duty.isBusy.value || left <= 0} onClick={() => void duty.accept(offer)}>Accept</button>
          </div>
        )
        : (
          <form onSubmit={(event) => {
            event.preventDefault();
            void duty.decline(offer, reason.value, pause.value);
          }}>
            <label>Why
              <select value={reason.value} onChange={(event) => (reason.value = event.currentTarget.value as DeclineReason)}>
                {reasons.map(([value, word]) => <option key={value} value={value}>{word}</option>)}
              </select>
            </label>
            <label>And this job
              <select value={String(pause.value ?? '')} onChange={(event) => (pause.value = event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}>
                {pauses.map(([value, word]) => <option key={word} value={value ?? ''}>{word}</option>)}
              </select>
            </label>
            <div class="row">
              <button type="button" onClick={() => (declines.value = false)}>Back</button>
              <button class="danger" disabled={duty.isBusy.value}>Decline</button>
            </div>
          </form>
        )}
    </section>
  );
}

function useSecondsUntil(duty: Duty, time: string): number {
  const until = (): number => Math.max(0, (Date.parse(time) - duty.clock.now()) / 1000);
  const left = useSignal(until());
  useEffect(() => {
    const timer = window.setInterval(() => (left.value = until()), 250);
    return () => window.clearInterval(timer);
  }, [time]);
  return left.value;
}
