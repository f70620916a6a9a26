import type { Guarded } from './use-guarded';

interface Props<T> { guarded: Guarded<T>; verb: string; isDangerous: boolean; isReady: boolean; close: () => void }

export function GuardedButtons<T>({ guarded, verb, isDangerous, isReady, close }: Props<T>) {
  return (
    <>
      {guarded.moved.value && (
        <div class="moved" role="alert">
          <strong>It has changed while you looked at it. Nothing was done.</strong>
          <ul>{guarded.moved.value.map((change) => <li key={change}>{change}</li>)}</ul>
        </div>
      )}
      {guarded.fault.value && <p class="problem" role="alert">{guarded.fault.value}</p>}
      <div class="buttons">
        <button type="button" onClick={close}>Back</button>
        <button class={isDangerous ? 'danger' : 'primary'} disabled={!isReady || guarded.isBusy.value}>{guarded.moved.value ? `${verb} all the same` : verb}</button>
      </div>
    </>
  );
}
