import { useSignal } from '@preact/signals';
import type { TargetedSubmitEvent } from 'preact';
import { textOf } from '../api/problem';
import grain from '../ui/grain.svg';
import { dispatcher, signIn } from './session';
import './sign-in.css';

export function SignIn() {
  const fault = useSignal('');
  const isBusy = useSignal(false);

  async function submit(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    isBusy.value = true;
    fault.value = '';
    try {
      await signIn(String(fields.get('key')).trim(), String(fields.get('name')));
    } catch (refused) {
      fault.value = textOf(refused);
    } finally {
      isBusy.value = false;
    }
  }

  return (
    <main class="sign-in">
      <form onSubmit={(event) => void submit(event)} aria-labelledby="sign-in-title">
        <h1 id="sign-in-title"><img src={grain} alt="" width="28" height="28" /> CrowdGrains</h1>
        <p class="muted">The live console of the dispatch server.</p>
        <label>
          Key
          <input name="key" type="password" required autocomplete="off" spellcheck={false} autofocus />
        </label>
        <label>
          Your name, for the timeline
          <input name="name" type="text" maxLength={60} autocomplete="name" defaultValue={dispatcher.value} />
        </label>
        {fault.value && <p class="problem" role="alert">{fault.value}</p>}
        <button class="primary" disabled={isBusy.value}>Sign in</button>
        <p class="muted small">
          A key of scope <code>dispatch</code> or <code>admin</code>. The server prints an admin key at its first start. It is kept in this tab
          until you close it or sign out.
        </p>
      </form>
    </main>
  );
}
