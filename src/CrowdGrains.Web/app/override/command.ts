import type { Api } from '../api/http';
import { can } from '../api/abilities';
import { path } from '../api/http';
import type { Severity } from '../api/types';
import { isOver, isServed } from '../city/rows';
import type { Request } from '../api/types';

export type CommandName = 'assign' | 'withdraw' | 'cancel' | 'severity';

/** What a dispatcher may do to a request by hand. */
export interface Command { name: CommandName; title: string; explains: string; asks: 'helper' | 'reason' | 'severity'; isDangerous: boolean; call: string }

const commands: readonly Command[] = [
  { name: 'assign', title: 'Assign by hand', explains: 'The helper you name gets the job at once, whoever was asked before.', asks: 'helper', isDangerous: false, call: 'post /v1/requests/{id}:assign' },
  { name: 'severity', title: 'Change severity', explains: 'A severer request is served first and has an earlier deadline.', asks: 'severity', isDangerous: false, call: 'patch /v1/requests/{id}' },
  { name: 'withdraw', title: 'Withdraw', explains: 'Open offers, or the assignment, are taken back, and somebody is looked for again.', asks: 'reason', isDangerous: true, call: 'post /v1/requests/{id}:withdraw' },
  { name: 'cancel', title: 'Cancel', explains: 'The request ends. A helper who was on the way is paid for the trip.', asks: 'reason', isDangerous: true, call: 'post /v1/requests/{id}:cancel' },
];

/** Those that make sense in the state the request is in; the server has the last word. Who has a helper is withdrawn first. */
export function commandsFor({ status }: Request): readonly Command[] {
  return isOver(status) ? [] : commands.filter(({ name, call }) => can(call)
    && (name !== 'withdraw' || status === 'offering' || isServed(status))
    && (name !== 'assign' || !isServed(status)));
}

export interface Given { helperId: string; reason: string; severity: Severity }

export async function send(api: Api, name: CommandName, id: string, given: Given, etag: string | null): Promise<void> {
  const { helperId, reason, severity } = given;
  const options = { ifMatch: etag };
  switch (name) {
    case 'assign': await api.post(path`/v1/requests/${id}:assign`, { helperId }, options); return;
    case 'withdraw': await api.post(path`/v1/requests/${id}:withdraw`, { reason }, options); return;
    case 'cancel': await api.post(path`/v1/requests/${id}:cancel`, { reason }, options); return;
    case 'severity': await api.call('PATCH', path`/v1/requests/${id}`, { ...options, body: { severity } });
  }
}
