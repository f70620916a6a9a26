import type { Feature, Polygon } from 'geojson';
import { cellToBoundary } from 'h3-js';
import type { ExpressionSpecification, GeoJSONSource, Map } from 'maplibre-gl';
import type { CellSummary } from '../api/types';
import { inSlices } from '../live/frames';
import type { Measure } from '../shell/view';
import { measures, ramp, stepOf } from './scales';

const source = 'cells';

/** The outlines of so many cells are kept: enough for a city at two or three resolutions. */
const keptShapes = 20_000;

/** The cells of the map, coloured by what is asked of them. */
export class CellLayer {
  private readonly shapes = new globalThis.Map<string, Polygon>();
  private cells: readonly CellSummary[] = [];
  private drawing = 0;

  constructor(private readonly map: Map) {}

  /** Adds source and layers; to be called again after the style was changed. */
  add(before: string | undefined): void {
    this.map.addSource(source, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
    this.map.addLayer({ id: 'cells', type: 'fill', source, paint: { 'fill-color': '#888', 'fill-opacity': 0.72 } }, before);
    this.map.addLayer({ id: 'cell-edges', type: 'line', source, paint: { 'line-color': '#888', 'line-width': 0.6, 'line-opacity': 0.55 } }, before);
  }

  async show(cells: readonly CellSummary[], measure: Measure, isDark: boolean): Promise<void> {
    this.cells = cells;
    const drawing = ++this.drawing;
    const kind = measures[measure];
    const features: Feature<Polygon>[] = [];
    await inSlices(cells, (cell) => {
      const value = kind.value(cell);
      if (value !== null) {
        features.push({ type: 'Feature', geometry: this.shapeOf(cell.cell), properties: { cell: cell.cell, step: stepOf(value, kind.steps) } });
      }
    });
    if (drawing === this.drawing && this.map.getSource(source)) {
      const colors = ramp(measure, isDark);
      const color: ExpressionSpecification = ['match', ['get', 'step'], 1, colors[1]!, 2, colors[2]!, 3, colors[3]!, 4, colors[4]!, colors[0]!];
      this.map.setPaintProperty('cells', 'fill-color', color);
      this.map.setPaintProperty('cell-edges', 'line-color', isDark ? '#0a0f15' : '#ffffff');
      (this.map.getSource(source) as GeoJSONSource).setData({ type: 'FeatureCollection', features });
    }
  }

  find(cell: string): CellSummary | undefined {
    return this.cells.find((summary) => summary.cell === cell);
  }

  private shapeOf(cell: string): Polygon {
    let shape = this.shapes.get(cell);
    if (!shape) {
      if (this.shapes.size >= keptShapes) {
        this.shapes.clear();
      }
      shape = { type: 'Polygon', coordinates: [cellToBoundary(cell, true)] };
      this.shapes.set(cell, shape);
    }
    return shape;
  }
}
