import { Map as LibreMap, NavigationControl, ScaleControl, setWorkerCount, setWorkerUrl, type Point } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { CellSummary } from '../api/types';
import type { CityFeed } from '../city/follow-city';
import type { Measure } from '../shell/view';
import { configuredStyle, grounds } from './base-style';
import { CellLayer } from './cell-layer';
import { HelperLayer } from './helper-layer';
import { RequestLayer } from './request-layer';

setWorkerUrl(workerUrl);

// The shapes of land are large: while one worker cuts them, others draw what lives.
setWorkerCount(3);

export interface Choices { request: (id: string) => void; helper: (id: string) => void; cell: (cell: CellSummary | null) => void; moved: () => void }

/** The map and what is drawn on it. */
export class CityMap {
  readonly map: LibreMap;
  private readonly cells: CellLayer;
  private readonly helpers: HelperLayer;
  private readonly requests: RequestLayer;
  private cellData: CellSummary[] = [];
  private isReady = false;
  private isFlooded = false;
  private chosen = '';

  constructor(container: HTMLElement, private readonly feed: CityFeed, private readonly mapStyle: string | null, private isDark: boolean,
    private measure: Measure, place: { lat: number; lng: number; zoom: number } | null, choices: Choices) {
    this.map = new LibreMap({
      container,
      style: configuredStyle(mapStyle, isDark),
      center: place ? [place.lng, place.lat] : [0, 30],
      zoom: place?.zoom ?? 1.6,
      maxZoom: 17,
      attributionControl: { compact: true },
      dragRotate: false,
      pitchWithRotate: false,
      fadeDuration: 0,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    this.map.addControl(new ScaleControl({}), 'bottom-left');
    this.cells = new CellLayer(this.map);
    this.helpers = new HelperLayer(this.map, feed.city);
    this.requests = new RequestLayer(this.map, feed.city, () => feed.clock.now());
    this.map.on('style.load', () => this.addLayers());
    this.map.on('sourcedata', () => this.floodOnce());
    this.map.on('moveend', () => choices.moved());
    this.map.on('click', (event) => this.choose(event.point, choices));
  }

  /** Turns the map to where the helpers and requests are. */
  fit(): void {
    const places = this.places();
    if (places.length === 0) {
      return;
    }
    // The outermost few are left out: one helper abroad would show the world.
    const lngs = places.map((place) => place[0]).sort((a, b) => a - b);
    const lats = places.map((place) => place[1]).sort((a, b) => a - b);
    const cut = Math.floor(places.length * 0.02);
    this.map.fitBounds([[lngs[cut]!, lats[cut]!], [lngs[lngs.length - 1 - cut]!, lats[lats.length - 1 - cut]!]], { padding: 40, maxZoom: 14, animate: false });
  }

  showCells(cells: CellSummary[]): void {
    this.cellData = cells;
    this.drawCells();
  }

  showMeasure(measure: Measure): void {
    this.measure = measure;
    this.drawCells();
  }

  showTheme(isDark: boolean): void {
    if (isDark !== this.isDark) {
      this.isDark = isDark;
      this.isReady = false;
      this.isFlooded = false;
      this.map.setStyle(configuredStyle(this.mapStyle, isDark), { diff: false });
    }
  }

  showHelpers(isVisible: boolean): void {
    if (this.isReady) {
      this.helpers.setVisible(isVisible);
    }
  }

  drawHelpers(changed: string[]): void {
    if (this.isReady) {
      this.helpers.draw(changed);
    }
  }

  drawRequests(): void {
    if (this.isReady) {
      this.requests.draw();
    }
  }

  /** Marks a request, and brings it into sight when it is not. */
  markRequest(id: string): void {
    const row = this.feed.city.requests.get(id);
    this.chosen = id;
    if (!this.isReady) {
      return;
    }
    this.requests.choose(id);
    if (row && !this.map.getBounds().contains([row.lng, row.lat])) {
      this.map.easeTo({ center: [row.lng, row.lat] });
    }
  }

  remove(): void {
    this.map.remove();
  }

  private addLayers(): void {
    this.cells.add(undefined);
    this.helpers.add(this.isDark);
    this.requests.add(this.isDark);
    this.isReady = true;
    this.drawCells();
    this.requests.draw();
    this.requests.choose(this.chosen);
  }

  /** Once the shapes of land are drawn, what is around them is water. */
  private floodOnce(): void {
    if (!this.isFlooded && this.map.getLayer('water') && this.map.getSource('land') && this.map.isSourceLoaded('land')) {
      this.isFlooded = true;
      this.map.setPaintProperty('water', 'background-color', grounds[this.isDark ? 'dark' : 'light'].water);
    }
  }

  private drawCells(): void {
    if (this.isReady) {
      void this.cells.show(this.cellData, this.measure, this.isDark);
    }
  }

  private choose(point: Point, choices: Choices): void {
    if (!this.isReady) {
      return;
    }
    const reach = 6;
    const around: [[number, number], [number, number]] = [[point.x - reach, point.y - reach], [point.x + reach, point.y + reach]];
    const [hit] = this.map.queryRenderedFeatures(around, { layers: ['requests'] });
    const [helper] = hit ? [] : this.map.queryRenderedFeatures(around, { layers: ['helpers'] });
    if (hit) {
      choices.request(String(hit.properties.id));
    } else if (helper) {
      choices.helper(String(helper.properties.id));
    } else {
      const [cell] = this.map.queryRenderedFeatures([point.x, point.y], { layers: ['cells'] });
      choices.cell(cell ? (this.cells.find(String(cell.properties.cell)) ?? null) : null);
    }
  }

  private places(): [number, number][] {
    const places: [number, number][] = [];
    for (const row of this.feed.city.helpers.values()) {
      if (row.lng !== null && row.lat !== null && row.presence !== 'offline') {
        places.push([row.lng, row.lat]);
      }
    }
    for (const row of this.feed.city.requests.values()) {
      places.push([row.lng, row.lat]);
    }
    return places;
  }
}
