import { Api } from '../api/http';
import { Problem } from '../api/problem';

/** Whom a link speaks for: a helper or a request, by a key that is for it alone. */
export interface Bearer { api: Api; id: string }

interface Kept { id: string; key: string }

/**
 * Takes the key out of the link that opened the page: `#<key>`, or `#<id>/<key>`. It is kept for the tab, and gone from the address at
 * once, so that it stands in no history, screenshot or copied address.
 */
export async function bearer(page: 'helper' | 'request'): Promise<Bearer | null> {
  const store = `crowdgrains.${page}`;
  const fragment = decodeURIComponent(window.location.hash.slice(1));
  if (fragment !== '') {
    window.history.replaceState(null, '', window.location.pathname);
    const cut = fragment.indexOf('/');
    const given: Kept = { id: fragment.slice(0, Math.max(0, cut)), key: fragment.slice(cut + 1) };
    sessionStorage.setItem(store, JSON.stringify(given));
  }
  const kept = JSON.parse(sessionStorage.getItem(store) ?? 'null') as Kept | null;
  if (!kept) {
    return null;
  }
  const api = new Api(kept.key);
  return { api, id: kept.id !== '' ? kept.id : await ask(api, page) };
}

/** A link without an id is for what its key is for. */
async function ask(api: Api, page: string): Promise<string> {
  const { scope } = await api.get<{ scope: string }>('/v1/keys/self');
  const [kind, ...id] = scope.split(':');
  if (kind !== page || id.length === 0) {
    throw new Problem(403, 'forbidden', 'This link is for another page.');
  }
  return id.join(':');
}
