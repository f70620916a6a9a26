import type { Connection } from '../live/event-stream';
import { useConsole } from './console-state';

const words: Record<Connection, string> = { connecting: 'Connecting', live: 'Live', lost: 'Connection lost, trying again', refused: 'Refused' };

/** Whether what is shown is what is. */
export function ConnectionState() {
  const { feed } = useConsole();
  const connection = feed.stream.connection.value;
  const text = connection === 'refused' ? feed.stream.refusal.value : connection === 'live' && !feed.isLoaded.value ? feed.fault.value || 'Loading' : words[connection];
  return <p class={`connection ${connection}`} role="status" data-connection={connection}><i aria-hidden="true" />{text}</p>;
}
