import type { Feature, FeatureCollection, LineString, Point } from 'geojson';
import type { ExpressionSpecification, GeoJSONSource, Map } from 'maplibre-gl';
import type { Severity } from '../api/types';
import type { City } from '../city/city';
import { isOver, isServed, isWaiting, type RequestRow } from '../city/rows';

const size = 28;
const colors: Record<'light' | 'dark', Record<Severity, string>> = {
  light: { low: '#5f7285', normal: '#2f6fb0', high: '#c75300', critical: '#a8201a' },
  dark: { low: '#93a4b4', normal: '#6bb5f5', high: '#f5a04c', critical: '#ff8278' },
};
const none: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** After so many seconds a waiting request is old, and its halo as large as it gets. */
const old = 600;

/** Open requests by severity and age, and who is on the way to them. */
export class RequestLayer {
  constructor(private readonly map: Map, private readonly city: City, private readonly now: () => number) {}

  add(isDark: boolean): void {
    const { map } = this;
    for (const [severity, color] of Object.entries(colors[isDark ? 'dark' : 'light'])) {
      map.addImage(`waiting-${severity}`, diamond(color, true, isDark), { pixelRatio: 2 });
      map.addImage(`served-${severity}`, diamond(color, false, isDark), { pixelRatio: 2 });
    }
    map.addSource('pairs', { type: 'geojson', data: none });
    map.addSource('requests', { type: 'geojson', data: none });
    map.addLayer({
      id: 'pairs',
      type: 'line',
      source: 'pairs',
      filter: ['==', ['get', 'kind'], 'assigned'],
      layout: { 'line-cap': 'round' },
      paint: {
        'line-color': isDark ? '#8cc8ff' : '#0b62a8',
        'line-width': ['interpolate', ['linear'], ['zoom'], 9, 0.8, 14, 2.4],
        'line-opacity': ['interpolate', ['linear'], ['zoom'], 11, 0.35, 14, 0.8],
      },
    });
    map.addLayer({
      id: 'offers',
      type: 'line',
      source: 'pairs',
      filter: ['==', ['get', 'kind'], 'offered'],
      paint: { 'line-color': isDark ? '#f5a04c' : '#c75300', 'line-width': ['interpolate', ['linear'], ['zoom'], 9, 0.8, 14, 2], 'line-dasharray': [2, 2] },
    });
    map.addLayer({
      id: 'waits',
      type: 'circle',
      source: 'requests',
      filter: ['==', ['get', 'isWaiting'], true],
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, halo(2.5, 4), 12, halo(5, 9), 15, halo(10, 20)],
        'circle-color': '#c75300',
        'circle-opacity': 0.22,
        'circle-stroke-color': isDark ? '#f5a04c' : '#c75300',
        'circle-stroke-width': 1,
      },
    });
    map.addLayer({
      id: 'requests',
      type: 'symbol',
      source: 'requests',
      layout: {
        'icon-image': ['concat', ['case', ['get', 'isWaiting'], 'waiting-', 'served-'], ['get', 'severity']],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 9, waits(0.55, 0.25), 12, waits(0.9, 0.55), 15, waits(1.3, 1.2)],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'symbol-sort-key': ['get', 'order'],
      },
    });
    map.addLayer({
      id: 'chosen',
      type: 'circle',
      source: 'requests',
      filter: ['==', ['get', 'id'], ''],
      paint: { 'circle-radius': 16, 'circle-opacity': 0, 'circle-stroke-color': isDark ? '#ffffff' : '#16202a', 'circle-stroke-width': 2.5 },
    });
  }

  draw(): void {
    const requests: Feature<Point>[] = [];
    const pairs: Feature<LineString>[] = [];
    const now = this.now();
    for (const row of this.city.requests.values()) {
      if (isOver(row.status)) {
        continue;
      }
      requests.push(featureOf(row, now));
      if (isServed(row.status) && row.helperId !== null && row.status !== 'onSite') {
        this.pair(pairs, row, row.helperId, 'assigned');
      }
      for (const helper of row.offers.values()) {
        this.pair(pairs, row, helper, 'offered');
      }
    }
    this.set('requests', requests);
    this.set('pairs', pairs);
  }

  choose(id: string): void {
    if (this.map.getLayer('chosen')) {
      this.map.setFilter('chosen', ['==', ['get', 'id'], id]);
    }
  }

  private pair(pairs: Feature<LineString>[], row: RequestRow, helperId: string, kind: string): void {
    const helper = this.city.helpers.get(helperId);
    if (helper?.lng !== null && helper?.lng !== undefined && helper.lat !== null) {
      pairs.push({ type: 'Feature', geometry: { type: 'LineString', coordinates: [[helper.lng, helper.lat], [row.lng, row.lat]] }, properties: { kind } });
    }
  }

  private set(source: string, features: Feature[]): void {
    void (this.map.getSource(source) as GeoJSONSource | undefined)?.setData({ type: 'FeatureCollection', features });
  }
}

/** Who waits is seen first. */
function waits(waiting: number, served: number): ExpressionSpecification {
  return ['case', ['get', 'isWaiting'], waiting, served];
}

/** The older, the larger. */
function halo(least: number, more: number): ExpressionSpecification {
  return ['+', least, ['*', more, ['get', 'age']]];
}

function featureOf(row: RequestRow, now: number): Feature<Point> {
  const waits = isWaiting(row.status);
  const age = Math.min(1, Math.max(0, (now - row.submittedAt) / 1000 / old));
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [row.lng, row.lat] },
    properties: { id: row.id, severity: row.severity, isWaiting: waits, age: Math.round(age * 20) / 20, order: waits ? 1 : 0 },
  };
}

/** A square on its corner, so that requests are no helpers even without colours: filled while somebody waits. */
function diamond(color: string, isFilled: boolean, isDark: boolean): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const pen = canvas.getContext('2d')!;
  const middle = size / 2;
  const reach = isFilled ? middle - 3 : middle - 6;
  pen.beginPath();
  pen.moveTo(middle, middle - reach);
  pen.lineTo(middle + reach, middle);
  pen.lineTo(middle, middle + reach);
  pen.lineTo(middle - reach, middle);
  pen.closePath();
  pen.fillStyle = isFilled ? color : isDark ? '#18202aaa' : '#ffffffaa';
  pen.fill();
  pen.lineWidth = isFilled ? 2.5 : 3.5;
  pen.strokeStyle = isFilled ? (isDark ? '#0d1218' : '#ffffff') : color;
  pen.stroke();
  return pen.getImageData(0, 0, size, size);
}
