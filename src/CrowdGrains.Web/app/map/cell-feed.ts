import { signal } from '@preact/signals';
import type { Api } from '../api/http';
import { Problem } from '../api/problem';
import type { CellMap, CellSummary } from '../api/types';
import { resolutionAt } from './scales';

export interface Box { west: number; south: number; east: number; north: number; zoom: number }

/** The server makes a map at most once a second; people do not see more than this. */
const interval = 2000;

/** Asks what is in the cells in sight, again and again. */
export class CellFeed {
  readonly cells = signal<CellSummary[]>([]);
  readonly note = signal('');
  private timer = 0;
  private asking: AbortController | null = null;

  constructor(private readonly api: Api, private readonly box: () => Box) {}

  /** Now, and from then on. */
  ask(): void {
    window.clearTimeout(this.timer);
    this.asking?.abort();
    this.asking = new AbortController();
    void this.askOnce(this.asking.signal);
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.asking?.abort();
  }

  private async askOnce(signal: AbortSignal): Promise<void> {
    const box = this.box();
    const edges = [box.west, box.south, box.east, box.north].map((degrees) => degrees.toFixed(5)).join(',');
    try {
      const map = await this.api.get<CellMap>(`/v1/cells?bbox=${edges}&resolution=${resolutionAt(box.zoom)}`, { signal });
      this.cells.value = map.cells;
      this.note.value = '';
    } catch (fault) {
      if (signal.aborted) {
        return;
      }
      if (fault instanceof Problem && fault.status === 400) {
        this.cells.value = [];
        this.note.value = 'Zoom in to see the cells.';
      }
    }
    this.timer = window.setTimeout(() => this.ask(), interval);
  }
}
