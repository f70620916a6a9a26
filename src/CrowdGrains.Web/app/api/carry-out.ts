import type { Signal } from '@preact/signals';
import { textOf } from './problem';

/** Carries out a command and says why it was refused. Whatever came of it, what is shown afterwards is what is. */
export async function carryOut(command: () => Promise<unknown>, load: () => Promise<void>, isBusy: Signal<boolean>, news: Signal<string>): Promise<void> {
  isBusy.value = true;
  news.value = '';
  try {
    await command();
  } catch (refused) {
    news.value = textOf(refused);
  } finally {
    await load();
    isBusy.value = false;
  }
}
