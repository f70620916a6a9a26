import type { Feature, Point } from 'geojson';
import type { ExpressionSpecification, GeoJSONSource, GeoJSONSourceDiff, Map } from 'maplibre-gl';
import type { Tier } from '../api/types';
import type { City } from '../city/city';
import type { HelperRow } from '../city/rows';

const source = 'helpers';

const colors: Record<'light' | 'dark', Record<Tier, string>> = {
  light: { friend: '#0072b2', pro: '#008a64', technician: '#c75300', partner: '#a8558a' },
  dark: { friend: '#56b4e9', pro: '#35c99a', technician: '#f08c3a', partner: '#e29bc8' },
};
const isBusy: ExpressionSpecification = ['!=', ['get', 'presence'], 'available'];

/** Helpers on duty: a dot in the colour of the tier, hollow while the helper is bound, faint when nothing was heard of it for long. */
export class HelperLayer {
  private readonly shown = new Set<string>();

  constructor(private readonly map: Map, private readonly city: City) {}

  add(isDark: boolean): void {
    const { friend, pro, technician, partner } = colors[isDark ? 'dark' : 'light'];
    const tierColor: ExpressionSpecification = ['match', ['get', 'tier'], 'pro', pro, 'technician', technician, 'partner', partner, friend];
    this.map.addSource(source, { type: 'geojson', data: { type: 'FeatureCollection', features: [] }, promoteId: 'id' });
    this.map.addLayer({
      id: 'helpers',
      type: 'circle',
      source,
      paint: {
        'circle-radius': ['interpolate', ['exponential', 1.6], ['zoom'], 8, 1.2, 11, 2.6, 13, 4.5, 16, 8],
        'circle-color': ['case', isBusy, isDark ? '#18202a' : '#ffffff', tierColor],
        'circle-stroke-color': tierColor,
        'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 9, 0.8, 13, 2],
        'circle-opacity': ['case', ['get', 'stale'], 0.25, 0.95],
        'circle-stroke-opacity': ['case', ['get', 'stale'], 0.3, 1],
      },
    });
    this.shown.clear();
    this.draw(this.city.helpers.keys());
  }

  /** Draws those that have changed. */
  draw(changed: Iterable<string>): void {
    const target = this.map.getSource(source) as GeoJSONSource | undefined;
    const diff: GeoJSONSourceDiff = { add: [], remove: [], update: [] };
    for (const id of changed) {
      const row = this.city.helpers.get(id);
      if (!row || row.lat === null || row.lng === null || row.presence === 'offline' || row.presence === 'onBreak') {
        if (this.shown.delete(id)) {
          diff.remove!.push(id);
        }
      } else {
        // To add what is there already is to replace it.
        this.shown.add(id);
        diff.add!.push(featureOf(row, row.lng, row.lat));
      }
    }
    if (target && diff.add!.length + diff.remove!.length > 0) {
      void target.updateData(diff);
    }
  }

  setVisible(isVisible: boolean): void {
    this.map.setLayoutProperty('helpers', 'visibility', isVisible ? 'visible' : 'none');
  }
}

function featureOf(row: HelperRow, lng: number, lat: number): Feature<Point> {
  return {
    type: 'Feature',
    id: row.id,
    geometry: { type: 'Point', coordinates: [lng, lat] },
    properties: { id: row.id, tier: row.tier, presence: row.presence, stale: row.stale },
  };
}
