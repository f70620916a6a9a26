import { signal } from '@preact/signals';
import { carryOut } from '../api/carry-out';
import { path, type Api } from '../api/http';
import { Problem } from '../api/problem';
import type { Request } from '../api/types';
import { ServerClock } from '../live/server-clock';

/** A customer's key reads one request and no events: it asks, and is answered with 304 while nothing changed. */
const interval = 2500;

/** A customer's request, as the customer may know it. */
export class Case {
  readonly request = signal<Request | null>(null);
  readonly fault = signal('');
  readonly news = signal('');
  readonly isLost = signal(false);
  readonly isBusy = signal(false);
  readonly clock = new ServerClock();
  private etag: string | null = null;

  constructor(private readonly api: Api, readonly id: string) {}

  start(): void {
    void this.follow();
  }

  cancel(reason: string): Promise<void> {
    return this.act(() => this.api.post(path`/v1/requests/${this.id}:cancel`, { reason }));
  }

  rate(stars: number, resolved: boolean): Promise<void> {
    return this.act(() => this.api.post(path`/v1/requests/${this.id}:rate`, { stars, resolved }));
  }

  private async follow(): Promise<void> {
    for (;;) {
      if (document.visibilityState === 'visible') {
        await this.load();
      }
      if (this.fault.peek() !== '') {
        return;
      }
      await new Promise((resolve) => window.setTimeout(resolve, interval));
    }
  }

  private async load(): Promise<void> {
    try {
      const { data, etag } = await this.api.call<Request | undefined>('GET', path`/v1/requests/${this.id}`, { ifNoneMatch: this.etag });
      this.isLost.value = false;
      if (data) {
        this.etag = etag;
        this.request.value = data;
        this.clock.learnPassed(Date.parse(data.assignment?.assignedAt ?? data.submittedAt));
      }
    } catch (refused) {
      // A key that was revoked stays so; whatever else it is may pass.
      if (refused instanceof Problem && [401, 403, 404].includes(refused.status)) {
        this.fault.value = refused.status === 401 ? 'This link no longer works. Ask for a new one.' : refused.message;
      } else {
        this.isLost.value = true;
      }
    }
  }

  private act(command: () => Promise<unknown>): Promise<void> {
    return carryOut(command, () => this.load(), this.isBusy, this.news);
  }
}
