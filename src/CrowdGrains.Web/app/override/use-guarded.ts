import { useSignal, type Signal } from '@preact/signals';
import { Problem, textOf } from '../api/problem';

export interface Guarded<T> {
  fault: Signal<string>;
  isBusy: Signal<boolean>;

  /** What changed meanwhile, when the server refused for that; null otherwise. */
  moved: Signal<string[] | null>;
  act: () => Promise<void>;
  seen: Signal<Seen<T>>;
}

export interface Seen<T> { data: T; etag: string | null }

/**
 * A change that holds only for what the dispatcher has seen. When it has changed since, nothing is done: what is different now is
 * shown, and to confirm again is to confirm that.
 */
export function useGuarded<T>(first: Seen<T>, read: () => Promise<Seen<T>>, changes: (before: T, now: T) => string[],
  send: (etag: string | null) => Promise<void>, done: () => void): Guarded<T> {
  const fault = useSignal('');
  const isBusy = useSignal(false);
  const moved = useSignal<string[] | null>(null);
  const seen = useSignal(first);

  async function act(): Promise<void> {
    isBusy.value = true;
    fault.value = '';
    try {
      await send(seen.value.etag);
      done();
    } catch (refused) {
      await explain(refused);
    } finally {
      isBusy.value = false;
    }
  }

  async function explain(refused: unknown): Promise<void> {
    if (!(refused instanceof Problem) || refused.status !== 412) {
      fault.value = textOf(refused);
      return;
    }
    try {
      const now = await read();
      const different = changes(seen.value.data, now.data);
      moved.value = different.length > 0 ? different : ['Something that is not shown here.'];
      seen.value = now;
    } catch (again) {
      fault.value = textOf(again);
    }
  }

  return { fault, isBusy, moved, act, seen };
}
