import { signal } from '@preact/signals';
import type { Api } from '../api/http';
import { textOf } from '../api/problem';
import type { KpiReport } from '../api/types';
import { pause } from '../live/pause';
import type { ServerClock } from '../live/server-clock';

/** A report every so often, in our time; so many are kept. */
const interval = 10_000;
const kept = 720;

/** So many reports of the time before the page was opened, where the server gives them. */
const before = 24;

/** Reports of the same span, one after the other: the figures over time. */
export class KpiHistory {
  readonly reports = signal<readonly KpiReport[]>([]);
  readonly fault = signal('');
  private readonly ended = new AbortController();

  constructor(private readonly api: Api, private readonly clock: ServerClock, readonly hours: number) {}

  start(): void {
    void this.follow();
  }

  stop(): void {
    this.ended.abort();
  }

  private async follow(): Promise<void> {
    await this.lookBack();
    while (!this.ended.signal.aborted) {
      try {
        this.add(await this.read(this.clock.now()));
        this.fault.value = '';
      } catch (refused) {
        this.fault.value = this.ended.signal.aborted ? '' : textOf(refused);
      }
      await pause(interval, this.ended.signal);
    }
  }

  /** A server that does not know `until` answers for now: then the plots begin now. */
  private async lookBack(): Promise<void> {
    const now = this.clock.now();
    for (let i = before; i > 0 && !this.ended.signal.aborted; i--) {
      const until = now - (i * this.hours * 3_600_000) / before;
      try {
        const report = await this.read(until, true);
        if (Math.abs(Date.parse(report.until) - until) > 1000) {
          return;
        }
        if (report.overall.requests > 0) {
          this.add(report);
        }
      } catch {
        return;
      }
    }
  }

  private read(until: number, isPast = false): Promise<KpiReport> {
    const since = new Date(until - this.hours * 3_600_000).toISOString();
    const end = isPast ? `&until=${new Date(until).toISOString()}` : '';
    return this.api.get<KpiReport>(`/v1/kpis?since=${since}${end}`, { signal: this.ended.signal });
  }

  private add(report: KpiReport): void {
    this.reports.value = [...this.reports.value.slice(1 - kept), report];
  }
}
