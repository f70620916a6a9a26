import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Position } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Plugin } from 'vite';

const id = 'virtual:land';
const resolved = '\0' + id;

/** About ten metres: finer than the shapes are. */
const decimals = 4;

/**
 * The land of the world (Natural Earth, 1:10m) as GeoJSON, made when the console is built. `virtual:land` is its address: the map reads
 * it in a worker of its own, so that the page never parses it.
 */
export function land(): Plugin {
  return {
    name: 'land',
    resolveId: (source) => (source === id ? resolved : undefined),
    load(module) {
      if (module !== resolved) {
        return undefined;
      }
      if (this.meta.watchMode) {
        return 'export default "";';
      }
      const file = this.emitFile({ type: 'asset', name: 'land.json', source: JSON.stringify(read()) });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
}

function read() {
  const path = createRequire(import.meta.url).resolve('world-atlas/land-10m.json');
  const topology = JSON.parse(readFileSync(path, 'utf8')) as Topology<{ land: GeometryCollection }>;
  const shapes = feature(topology, topology.objects.land);
  for (const shape of shapes.features) {
    if (shape.geometry.type === 'MultiPolygon') {
      shape.geometry.coordinates = shape.geometry.coordinates.map((polygon) => polygon.map((ring) => ring.map(round)));
    } else if (shape.geometry.type === 'Polygon') {
      shape.geometry.coordinates = shape.geometry.coordinates.map((ring) => ring.map(round));
    }
  }
  return shapes;
}

function round(position: Position): Position {
  return position.map((degrees) => Number(degrees.toFixed(decimals)));
}
