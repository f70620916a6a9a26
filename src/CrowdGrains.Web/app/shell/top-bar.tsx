import { can } from '../api/abilities';
import { useConsole, tick } from './console-state';
import { view, type Screen } from './view';
import { dispatcher, signOut } from '../sign-in/session';
import grain from '../ui/grain.svg';
import { ConnectionState } from './connection-state';
import { theme, type Theme } from '../ui/theme';
import { timeOfDay } from '../ui/words';

const screens: readonly [Screen, string][] = [['map', 'Map'], ['list', 'Requests'], ['figures', 'Figures'], ['shadow', 'Shadow']];
const themes: readonly [Theme, string][] = [['system', 'As the system'], ['light', 'Light'], ['dark', 'Dark']];

export function TopBar({ help }: { help: () => void }) {
  const { feed } = useConsole();
  void tick.value;
  const rate = Math.round(feed.clock.rate.value);
  return (
    <header class="top-bar">
      <p class="brand"><img src={grain} alt="" width="24" height="24" /><strong>CrowdGrains</strong></p>
      <Screens place="top" />
      <span class="spacer" />
      <p class="clock" title="The server's time">
        <time>{timeOfDay(feed.clock.now())}</time>
        {rate > 1 && <span class="tag" title={`The server's clock runs ${rate} times as fast as life`}>×{rate}</span>}
      </p>
      <ConnectionState />
      <Menu help={help} />
    </header>
  );
}

function Menu({ help }: { help: () => void }) {
  return (
    <details class="menu">
      <summary class="button" aria-label="Menu">☰</summary>
      <div>
        {dispatcher.value && <p class="small muted">{dispatcher.value}</p>}
        <label>Colours
          <select value={theme.value} onChange={(event) => (theme.value = event.currentTarget.value as Theme)}>
            {themes.map(([name, word]) => <option key={name} value={name}>{word}</option>)}
          </select>
        </label>
        <button onClick={help}>Keys</button>
        <button onClick={signOut}>Sign out</button>
      </div>
    </details>
  );
}

/** On a phone the screens are chosen at the bottom, where the thumb is. */
export function Screens({ place }: { place: 'top' | 'bottom' }) {
  return (
    <nav class={`screens ${place}`} aria-label={place === 'top' ? 'Screens' : 'Screens, below'}>
      {screens.filter(([screen]) => screen !== 'shadow' || can('post /v1/shadow-runs')).map(([screen, word]) => (
        <button key={screen} class={`quiet ${screen}`} aria-current={view.screen.value === screen ? 'page' : undefined} onClick={() => {
          view.screen.value = screen;
          view.request.value = '';
          view.helper.value = '';
        }}>{word}</button>
      ))}
    </nav>
  );
}
