import { useSignal } from '@preact/signals';
import type { Request } from '../api/types';
import { can } from '../api/abilities';
import { ShareLink } from './share-link';
import { CommandDialog } from './command-dialog';
import { commandsFor, type Command } from './command';
import './override.css';

interface Props { request: Request; etag: string | null; changed: () => void }

/** What may be done to a request by hand; each asks first. */
export function Actions({ request, etag, changed }: Props) {
  const chosen = useSignal<Command | null>(null);
  return (
    <div class="actions">
      {commandsFor(request).map((command) => (
        <button key={command.name} class={command.isDangerous ? 'danger' : ''} onClick={() => (chosen.value = command)}>{command.title}</button>
      ))}
      {can('get /v1/keys/self') && <ShareLink page="customer" scope={`request:${request.id}`} id={request.id} />}
      {chosen.value && (
        <CommandDialog command={chosen.value} request={request} etag={etag} close={() => {
          chosen.value = null;
          changed();
        }} />
      )}
    </div>
  );
}
