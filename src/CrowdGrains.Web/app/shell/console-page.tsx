import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { FiguresView } from '../kpis/figures-view';
import { MapView } from '../map/map-view';
import { HelperPanel } from '../override/helper-panel';
import { RequestPanel } from '../request/request-panel';
import { ShadowView } from '../shadow/shadow-view';
import { WorkList } from '../work-list/work-list';
import { useConsole } from './console-state';
import { EmptyCity } from './empty-city';
import { Help } from './help';
import { followKeyboard } from './keyboard';
import { Summary } from './summary';
import { Screens, TopBar } from './top-bar';
import { view } from './view';
import './shell.css';

export function ConsolePage() {
  const { feed } = useConsole();
  const asksHelp = useSignal(false);
  const isEmpty = useComputed(() => {
    void feed.city.helpersRevision.value;
    void feed.city.requestsRevision.value;
    return feed.isLoaded.value && feed.city.helpers.size === 0 && feed.city.requests.size === 0;
  });
  useEffect(() => followKeyboard(() => (asksHelp.value = true)), []);
  const screen = view.screen.value;
  const hasPanel = view.request.value !== '' || view.helper.value !== '';
  return (
    <div class={`console ${screen} ${hasPanel ? 'with-panel' : ''}`}>
      <TopBar help={() => (asksHelp.value = true)} />
      <main>
        {(screen === 'map' || screen === 'list') && (
          <>
            <div class="stage">
              <Summary />
              <MapView />
              {isEmpty.value && <EmptyCity />}
            </div>
            {view.request.value !== '' ? <RequestPanel id={view.request.value} /> : view.helper.value !== '' && <HelperPanel id={view.helper.value} />}
            <WorkList />
          </>
        )}
        {screen === 'figures' && <FiguresView />}
        {screen === 'shadow' && <ShadowView />}
      </main>
      <Screens place="bottom" />
      {asksHelp.value && <Help close={() => (asksHelp.value = false)} />}
    </div>
  );
}
