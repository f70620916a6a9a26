import { signal } from '@preact/signals';
import type { Api } from '../api/http';
import type { CityFeed } from '../city/follow-city';

/** What all parts of the console share once somebody has signed in. */
export interface ConsoleState { api: Api; feed: CityFeed }

export const consoleState = signal<ConsoleState | null>(null);

/** For components that are shown to signed-in people only. */
export function useConsole(): ConsoleState {
  const state = consoleState.value;
  if (!state) {
    throw new Error('Nobody is signed in.');
  }
  return state;
}

/** Ticks once a second: ages are counted on the page, not sent. */
export const tick = signal(0);
window.setInterval(() => {
  if (document.visibilityState === 'visible') {
    tick.value++;
  }
}, 1000);
