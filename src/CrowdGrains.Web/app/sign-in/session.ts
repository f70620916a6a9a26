import { signal } from '@preact/signals';
import { Api } from '../api/http';
import type { Page, Request } from '../api/types';

const keyStore = 'crowdgrains.key';
const dispatcherStore = 'crowdgrains.dispatcher';

/** Who uses the console: gone with the tab, since the key is kept for the session only. */
export interface Session { api: Api }

export const session = signal<Session | null>(null);

/** The name that stands in timelines beside what is done by hand. */
export const dispatcher = signal(sessionStorage.getItem(dispatcherStore) ?? '');

/** Goes on with the key of this tab, if it has one. */
export function resumeSession(): void {
  const key = sessionStorage.getItem(keyStore);
  session.value = key ? { api: new Api(key, () => dispatcher.value) } : null;
}

/** Only who may read the city can use the console: that is asked before the key is kept. */
export async function signIn(key: string, name: string): Promise<void> {
  const api = new Api(key, () => dispatcher.value);
  await api.get<Page<Request>>('/v1/requests?limit=1');
  await api.get('/v1/cells?bbox=0,0,0.01,0.01&resolution=8');
  sessionStorage.setItem(keyStore, key);
  nameDispatcher(name);
  session.value = { api };
}

export function nameDispatcher(name: string): void {
  dispatcher.value = name.trim();
  sessionStorage.setItem(dispatcherStore, dispatcher.value);
}

export function signOut(): void {
  sessionStorage.removeItem(keyStore);
  session.value = null;
}
