import { useSignal } from '@preact/signals';
import { path } from '../api/http';
import type { Request, Severity } from '../api/types';
import { useConsole } from '../shell/console-state';
import { dispatcher, nameDispatcher } from '../sign-in/session';
import { Dialog } from '../ui/dialog';
import { severities, severityWords, spoken, statusWords } from '../ui/words';
import { changes } from './change';
import { send, type Command } from './command';
import { GuardedButtons } from './guarded-buttons';
import { HelperChoice } from './helper-choice';
import { useGuarded } from './use-guarded';

interface Props { command: Command; request: Request; etag: string | null; close: () => void }

export function CommandDialog({ command, request, etag, close }: Props) {
  const { api } = useConsole();
  const name = useSignal(dispatcher.value);
  const helperId = useSignal('');
  const reason = useSignal('');
  const severity = useSignal<Severity>(request.severity);
  const guarded = useGuarded<Request>(
    { data: request, etag },
    () => api.call<Request>('GET', path`/v1/requests/${request.id}`),
    changes,
    (version) => {
      nameDispatcher(name.value);
      return send(api, command.name, request.id, { helperId: helperId.value, reason: reason.value.trim(), severity: severity.value }, version);
    },
    close);
  const now = guarded.seen.value.data;
  return (
    <Dialog title={command.title} close={close}>
      <form onSubmit={(event) => {
        event.preventDefault();
        void guarded.act();
      }}>
        <p>{spoken(now.problem)} <code>{now.id}</code>, {statusWords[now.status].toLowerCase()}{now.assignment && ` to ${now.assignment.helperId}`}</p>
        <p class="muted small">{command.explains}</p>
        {command.asks === 'helper' && <HelperChoice request={now} chosen={helperId} />}
        {command.asks === 'severity' && (
          <label>Severity
            <select value={severity.value} onChange={(event) => (severity.value = event.currentTarget.value as Severity)}>
              {severities.map((choice) => <option key={choice} value={choice}>{severityWords[choice]}</option>)}
            </select>
          </label>
        )}
        {command.asks === 'reason' && (
          <label>Reason
            <input required maxLength={200} value={reason.value} onInput={(event) => (reason.value = event.currentTarget.value)} />
          </label>
        )}
        <label>Your name, for the timeline
          <input required maxLength={60} value={name.value} onInput={(event) => (name.value = event.currentTarget.value)} />
        </label>
        <GuardedButtons guarded={guarded} verb={command.title} isDangerous={command.isDangerous} isReady={command.asks !== 'helper' || helperId.value !== ''} close={close} />
      </form>
    </Dialog>
  );
}
