import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { CellSummary } from '../api/types';
import { useConsole } from '../shell/console-state';
import { openHelper, openRequest, view } from '../shell/view';
import { isDark } from '../ui/theme';
import { CellCard } from './cell-card';
import { CellFeed, type Box } from './cell-feed';
import { CityMap } from './city-map';
import { Legend } from './legend';
import { settings } from './settings';
import './map.css';

export function MapView() {
  const { api, feed } = useConsole();
  const container = useRef<HTMLDivElement>(null);
  const shown = useSignal<CityMap | null>(null);
  const cells = useSignal<CellFeed | null>(null);
  const chosen = useSignal<CellSummary | null>(null);
  const showsHelpers = useSignal(true);

  useEffect(() => {
    const city = new CityMap(container.current!, feed, settings.mapStyle, isDark.peek(), view.measure.peek(), placeOf(view.place.peek()), {
      request: openRequest,
      helper: openHelper,
      cell: (cell) => (chosen.value = cell),
      moved: () => {
        const { lat, lng } = city.map.getCenter();
        view.place.value = `${lat.toFixed(4)},${lng.toFixed(4)},${city.map.getZoom().toFixed(2)}`;
        asking.ask();
      },
    });
    const asking = new CellFeed(api, () => boxOf(city));
    shown.value = city;
    cells.value = asking;
    asking.ask();
    return () => {
      asking.stop();
      city.remove();
    };
  }, []);

  // Where nobody has moved the map to, it turns to the city as soon as that is known.
  useSignalEffect(() => {
    if (feed.isLoaded.value && shown.value && view.place.peek() === '') {
      shown.value.fit();
    }
  });
  useSignalEffect(() => shown.value?.showCells(cells.value?.cells.value ?? []));
  useSignalEffect(() => shown.value?.showMeasure(view.measure.value));
  useSignalEffect(() => shown.value?.showTheme(isDark.value));
  useSignalEffect(() => shown.value?.showHelpers(showsHelpers.value));
  useSignalEffect(() => {
    void feed.city.helpersRevision.value;
    shown.value?.drawHelpers(feed.city.takeChangedHelpers());
  });
  useSignalEffect(() => {
    void feed.city.requestsRevision.value;
    void feed.city.helpersRevision.value;
    shown.value?.drawRequests();
  });
  useSignalEffect(() => {
    void feed.isLoaded.value;
    shown.value?.markRequest(view.request.value);
  });

  return (
    <section class="map" aria-label="Map">
      <div class="canvas" ref={container} />
      <Legend showsHelpers={showsHelpers} note={feed.isLoaded.value ? (cells.value?.note.value ?? '') : ''} />
      {chosen.value && <CellCard cell={chosen.value} close={() => (chosen.value = null)} />}
    </section>
  );
}

function boxOf({ map }: CityMap): Box {
  const bounds = map.getBounds();
  const west = Math.max(-180, bounds.getWest());
  const east = Math.min(180, bounds.getEast());
  return { west, east, south: Math.max(-85, bounds.getSouth()), north: Math.min(85, bounds.getNorth()), zoom: map.getZoom() };
}

function placeOf(text: string): { lat: number; lng: number; zoom: number } | null {
  const [lat, lng, zoom] = text.split(',').map(Number);
  return [lat, lng, zoom].every((value) => Number.isFinite(value)) ? { lat: lat!, lng: lng!, zoom: zoom! } : null;
}
