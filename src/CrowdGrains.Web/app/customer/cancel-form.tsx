import { useSignal } from '@preact/signals';
import type { Case } from './case';

const reasons = ['It works again', 'I cannot be there', 'It takes too long', 'Something else'] as const;

export function CancelForm({ own }: { own: Case }) {
  const asks = useSignal(false);
  const reason = useSignal<string>(reasons[0]);
  if (!asks.value) {
    return <button onClick={() => (asks.value = true)}>Cancel the request</button>;
  }
  return (
    <form class="card" onSubmit={(event) => {
      event.preventDefault();
      void own.cancel(reason.value);
    }}>
      <h2>Cancel the request?</h2>
      <label>Why
        <select value={reason.value} onChange={(event) => (reason.value = event.currentTarget.value)}>
          {reasons.map((text) => <option key={text}>{text}</option>)}
        </select>
      </label>
      <div class="row">
        <button type="button" onClick={() => (asks.value = false)}>Back</button>
        <button class="danger" disabled={own.isBusy.value}>Cancel it</button>
      </div>
    </form>
  );
}
