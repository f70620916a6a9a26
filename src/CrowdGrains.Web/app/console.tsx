import { effect } from '@preact/signals';
import { render } from 'preact';
import { CityFeed } from './city/follow-city';
import { learnAbilities } from './api/abilities';
import { loadSettings } from './map/settings';
import { ConsolePage } from './shell/console-page';
import { consoleState } from './shell/console-state';
import { readView, writeView } from './shell/view';
import { resumeSession, session } from './sign-in/session';
import { SignIn } from './sign-in/sign-in';
import './ui/base.css';
import { followTheme } from './ui/theme';

followTheme();
readView();
effect(writeView);
window.addEventListener('popstate', readView);

effect(() => {
  consoleState.peek()?.feed.stop();
  const api = session.value?.api;
  const feed = api ? new CityFeed(api) : null;
  consoleState.value = api && feed ? { api, feed } : null;
  feed?.start();
});

function App() {
  return consoleState.value ? <ConsolePage /> : <SignIn />;
}

void Promise.all([loadSettings(), learnAbilities()]).then(() => {
  resumeSession();
  render(<App />, document.getElementById('app')!);
});
