import { signal } from '@preact/signals';
import type { Api } from '../api/http';
import { textOf } from '../api/problem';
import type { CloudEvent, Helper, KpiReport, Request, RequestStatus } from '../api/types';
import { EventStream } from '../live/event-stream';
import { pause } from '../live/pause';
import { ServerClock } from '../live/server-clock';
import { applyEvent } from './apply-event';
import { City } from './city';

const open: readonly RequestStatus[] = ['submitted', 'searching', 'offering', 'assigned', 'enRoute', 'onSite'];

/** Of those that are over, the ones of the last hour stand in the list from the start, up to so many pages. */
const overSpan = 60 * 60 * 1000;
const overPages = 5;

/** Between two pages of helpers. Their positions are no events: the console walks the list, round after round. */
const patrolPause = 250;

/** A page that the server took long for is followed by a longer pause, so that looking never becomes the load. */
const patrolShare = 4;

const clockInterval = 15_000;

/** The city, live: loads it, follows its events, asks where helpers are. */
export class CityFeed {
  readonly city = new City();
  readonly clock = new ServerClock();
  readonly stream: EventStream;
  readonly isLoaded = signal(false);
  readonly fault = signal('');

  /** The sequence of the last event that was taken in. */
  lastEvent = 0;
  private readonly early: CloudEvent[] = [];
  private readonly listeners = new Set<(event: CloudEvent) => void>();
  private readonly ended = new AbortController();

  constructor(private readonly api: Api) {
    this.stream = new EventStream(api, { began: () => void this.load(), happened: (event) => this.take(event) });
  }

  start(): void {
    this.stream.start();
  }

  stop(): void {
    this.ended.abort();
    this.stream.stop();
  }

  /** Calls back for every event, in order; the answer ends that. */
  listen(listener: (event: CloudEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The helper's name as far as it is known; who shows it is drawn again once the city is loaded. */
  nameOf(helper: string): string {
    void this.isLoaded.value;
    return this.city.helpers.get(helper)?.name ?? helper;
  }

  private take(event: CloudEvent): void {
    this.clock.learnPassed(Date.parse(event.time));
    if (this.isLoaded.peek()) {
      this.apply(event);
    } else {
      this.early.push(event);
    }
  }

  private apply(event: CloudEvent): void {
    applyEvent(this.city, event);
    this.lastEvent = Number(event.id);
    this.listeners.forEach((listener) => listener(event));
  }

  /** The stream has begun: what lists say now is as new as it or newer, and what happens meanwhile waits. */
  private async load(): Promise<void> {
    try {
      await this.learnTime();
      const since = new Date(this.clock.now() - overSpan).toISOString();
      await Promise.all([this.loadHelpers(), this.loadOver(since), ...open.map((status) => this.loadRequests(`/v1/requests?status=${status}`))]);
      this.early.splice(0).forEach((event) => this.apply(event));
      this.isLoaded.value = true;
    } catch (fault) {
      if (!this.ended.signal.aborted) {
        this.fault.value = textOf(fault);
        window.setTimeout(() => void this.load(), clockInterval);
      }
      return;
    }
    this.fault.value = '';
    void this.repeat(clockInterval, () => this.learnTime());
    void this.patrol();
  }

  private async loadHelpers(): Promise<void> {
    for await (const page of this.api.pages<Helper>('/v1/helpers', this.ended.signal)) {
      page.forEach((helper) => this.city.seeHelper(helper));
    }
  }

  private async loadRequests(path: string, pages = Infinity): Promise<void> {
    let count = 0;
    for await (const page of this.api.pages<Request>(path, this.ended.signal)) {
      page.forEach((request) => this.city.see(request));
      if (++count >= pages) {
        return;
      }
    }
  }

  private loadOver(since: string): Promise<void> {
    return this.loadRequests(`/v1/requests?since=${since}`, overPages);
  }

  private async learnTime(): Promise<void> {
    const since = new Date(this.clock.now() - 1000).toISOString();
    const report = await this.api.get<KpiReport>(this.clock.isKnown ? `/v1/kpis?since=${since}` : '/v1/kpis', { signal: this.ended.signal });
    this.clock.learn(Date.parse(report.until));
  }

  private async patrol(): Promise<void> {
    while (!this.ended.signal.aborted) {
      const pages = this.api.pages<Helper>('/v1/helpers', this.ended.signal);
      let start = performance.now();
      try {
        for await (const page of pages) {
          page.forEach((helper) => this.city.seeHelper(helper));
          await pause(Math.max(patrolPause, patrolShare * (performance.now() - start)), this.ended.signal);
          start = performance.now();
        }
      } catch {
        // The stream shows that the server is away, and tells when it is back.
        await pause(clockInterval, this.ended.signal);
      }
    }
  }

  private async repeat(interval: number, act: () => Promise<void>): Promise<void> {
    // A second reading soon after the first tells how fast the server's clock runs.
    for (let wait = 1500; !this.ended.signal.aborted; wait = interval) {
      await pause(wait, this.ended.signal);
      await act().catch(() => undefined);
    }
  }
}
