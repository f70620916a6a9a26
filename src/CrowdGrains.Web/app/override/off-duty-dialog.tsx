import { useSignal } from '@preact/signals';
import { path } from '../api/http';
import type { Helper } from '../api/types';
import { useConsole } from '../shell/console-state';
import { dispatcher, nameDispatcher } from '../sign-in/session';
import { Dialog } from '../ui/dialog';
import { helperChanges } from './change';
import { GuardedButtons } from './guarded-buttons';
import { useGuarded } from './use-guarded';

export function OffDutyDialog({ helper, etag, close }: { helper: Helper; etag: string | null; close: () => void }) {
  const { api } = useConsole();
  const name = useSignal(dispatcher.value);
  const guarded = useGuarded<Helper>(
    { data: helper, etag },
    () => api.call<Helper>('GET', path`/v1/helpers/${helper.id}`),
    helperChanges,
    (version) => {
      nameDispatcher(name.value);
      return api.post(path`/v1/helpers/${helper.id}:offline`, {}, { ifMatch: version });
    },
    close);
  return (
    <Dialog title="Take off duty" close={close}>
      <form onSubmit={(event) => {
        event.preventDefault();
        void guarded.act();
      }}>
        <p>{helper.name} gets no more offers until going online again. Open offers are declined; jobs stay.</p>
        <label>Your name, for the timeline
          <input required maxLength={60} value={name.value} onInput={(event) => (name.value = event.currentTarget.value)} />
        </label>
        <GuardedButtons guarded={guarded} verb="Take off duty" isDangerous isReady close={close} />
      </form>
    </Dialog>
  );
}
