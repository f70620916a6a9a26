import { useSignal } from '@preact/signals';
import { textOf } from '../api/problem';
import type { Key } from '../api/types';
import { useConsole } from '../shell/console-state';

/** Makes a link to the page of a customer or helper: it carries a key for that one thing, in the part that browsers send to nobody. */
export function ShareLink({ page, scope, id }: { page: 'customer' | 'helper'; scope: string; id: string }) {
  const { api } = useConsole();
  const link = useSignal('');
  const note = useSignal('');

  async function make(): Promise<void> {
    try {
      const key = await api.post<Key>('/v1/keys', { scope, name: `${page} page of ${id}` });
      link.value = `${window.location.origin}/${page}#${id}/${key.secret ?? ''}`;
      note.value = '';
    } catch (fault) {
      note.value = textOf(fault);
    }
  }

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(link.value);
      note.value = 'Copied.';
    } catch {
      note.value = 'The browser does not let pages copy here: use the link itself.';
    }
  }

  return (
    <>
      {link.value === ''
        ? <button onClick={() => void make()}>{page === 'customer' ? 'Customer’s page' : 'Helper’s page'}</button>
        : (
          <span class="share">
            <a class="button" href={link.value} target="_blank" rel="noreferrer">Open the {page}’s page</a>
            <button onClick={() => void copy()}>Copy link</button>
          </span>
        )}
      {note.value && <p class="note small" role="status">{note.value}</p>}
    </>
  );
}
