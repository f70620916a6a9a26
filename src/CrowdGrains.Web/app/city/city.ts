import { signal } from '@preact/signals';
import type { Helper, Request } from '../api/types';
import { atMostEvery } from '../live/frames';
import { helperRowOf, isOver, rowOf, type HelperRow, type RequestRow } from './rows';

/** Of requests that are over so many are kept, the newest. */
const keptOver = 1000;

/** How often what shows the whole city looks at it anew. */
const refresh = 250;

/**
 * What the console knows of the city: read from lists at the start and kept up to date by events. Rows change in place; who shows them
 * looks at `requestsRevision` or `helpersRevision`, and who draws differences takes what changed.
 */
export class City {
  readonly requests = new Map<string, RequestRow>();
  readonly helpers = new Map<string, HelperRow>();
  readonly requestsRevision = signal(0);
  readonly helpersRevision = signal(0);
  private over: string[] = [];
  private readonly changedRequests = new Set<string>();
  private readonly changedHelpers = new Set<string>();
  private readonly requestsChanged = atMostEvery(refresh, () => this.requestsRevision.value++);
  private readonly helpersChanged = atMostEvery(refresh, () => this.helpersRevision.value++);

  /** What the server says a request is now. */
  see(request: Request): void {
    this.keep(rowOf(request, this.requests.get(request.id)));
  }

  seeHelper(helper: Helper): void {
    this.helpers.set(helper.id, helperRowOf(helper));
    this.touchHelper(helper.id);
  }

  keep(row: RequestRow): void {
    this.requests.set(row.id, row);
    this.touchRequest(row);
  }

  touchRequest(row: RequestRow): void {
    this.changedRequests.add(row.id);
    if (isOver(row.status)) {
      this.over.push(row.id);
      this.forgetOld();
    }
    this.requestsChanged();
  }

  touchHelper(id: string): void {
    this.changedHelpers.add(id);
    this.helpersChanged();
  }

  /** The ids of the requests that have changed since this was asked last. */
  takeChangedRequests(): string[] {
    const ids = [...this.changedRequests];
    this.changedRequests.clear();
    return ids;
  }

  takeChangedHelpers(): string[] {
    const ids = [...this.changedHelpers];
    this.changedHelpers.clear();
    return ids;
  }

  private forgetOld(): void {
    if (this.over.length < 2 * keptOver) {
      return;
    }
    const old = this.over.slice(0, -keptOver);
    this.over = this.over.slice(-keptOver);
    for (const id of old) {
      const row = this.requests.get(id);
      if (row && isOver(row.status) && !this.over.includes(id)) {
        this.requests.delete(id);
        this.changedRequests.add(id);
      }
    }
  }
}
