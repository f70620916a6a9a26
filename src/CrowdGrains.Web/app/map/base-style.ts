import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import land from 'virtual:land';

export interface Ground { water: string; land: string; shore: string }

export const grounds: Record<'light' | 'dark', Ground> = {
  light: { water: '#d5dfe8', land: '#f7f8f9', shore: '#a9b8c6' },
  dark: { water: '#0a0f15', land: '#18202a', shore: '#3a4756' },
};

/** The shapes of land and water that come with the console: needs nothing from anywhere. */
export function plainStyle({ land: ground, shore }: Ground): StyleSpecification {
  const sources: Record<string, SourceSpecification> = {
    land: { type: 'geojson', data: new URL(land, window.location.href).href, attribution: 'Natural Earth', tolerance: 0.2 },
  };
  const layers: LayerSpecification[] = [
    // Land until the shapes are there: cities are seldom at sea.
    { id: 'water', type: 'background', paint: { 'background-color': ground } },
    { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': ground, 'fill-antialias': false } },
    { id: 'shore', type: 'line', source: 'land', paint: { 'line-color': shore, 'line-width': 1 } },
  ];
  return { version: 8, sources, layers };
}

/** What the server is configured to draw below everything: a style, or raster tiles; the plain shapes otherwise. */
export function configuredStyle(address: string | null, isDark: boolean): StyleSpecification | string {
  if (address === null) {
    return plainStyle(grounds[isDark ? 'dark' : 'light']);
  }
  if (!address.includes('{z}')) {
    return address;
  }
  return {
    version: 8,
    sources: { tiles: { type: 'raster', tiles: [new URL(address, window.location.href).href.replace(/%7B/g, '{').replace(/%7D/g, '}')], tileSize: 256 } },
    layers: [{ id: 'tiles', type: 'raster', source: 'tiles', paint: { 'raster-saturation': -0.6, 'raster-brightness-max': isDark ? 0.5 : 1 } }],
  };
}
