import { batch, signal } from '@preact/signals';
import { carryOut } from '../api/carry-out';
import { path, type Api } from '../api/http';
import { Problem, textOf } from '../api/problem';
import type { DeclineReason, Helper, Offer, Page, Position, Request } from '../api/types';
import { EventStream } from '../live/event-stream';
import { atMostEvery } from '../live/frames';
import { ServerClock } from '../live/server-clock';
import { Whereabouts } from './whereabouts';

/** A job and the version it was seen in. */
export interface Job { request: Request; etag: string | null }

/** What a helper's device knows and does: its duty, its offers, its jobs. */
export class Duty {
  readonly helper = signal<Helper | null>(null);
  readonly offers = signal<Offer[]>([]);
  readonly jobs = signal<Job[]>([]);
  readonly fault = signal('');
  readonly news = signal('');
  readonly isBusy = signal(false);
  readonly clock = new ServerClock();
  readonly stream: EventStream;
  readonly whereabouts: Whereabouts;
  private readonly changed = atMostEvery(200, () => void this.load());

  constructor(private readonly api: Api, readonly id: string) {
    this.whereabouts = new Whereabouts(api, id, () => this.helper.peek());
    this.stream = new EventStream(api, {
      began: () => void this.load(),
      happened: (event) => {
        this.clock.learnPassed(Date.parse(event.time));
        this.changed();
      },
    });
  }

  start(): void {
    this.stream.start();
    this.whereabouts.start();
  }

  async load(): Promise<void> {
    try {
      const [helper, offers] = await Promise.all([
        this.api.get<Helper>(path`/v1/helpers/${this.id}`),
        this.api.get<Page<Offer>>(path`/v1/helpers/${this.id}/offers?status=issued`),
      ]);
      const jobs = await Promise.all(helper.jobs.map((job) => this.read(job)));
      batch(() => {
        this.helper.value = helper;
        this.offers.value = offers.data;
        this.jobs.value = jobs.filter((job) => job !== null);
        this.fault.value = '';
      });
    } catch (refused) {
      this.fault.value = textOf(refused);
    }
  }

  async goOnline(): Promise<void> {
    await this.act(async () => {
      const position: Position | null = await this.whereabouts.find();
      await this.api.post(path`/v1/helpers/${this.id}:online`, position ? { position } : {});
    });
  }

  goOffline(): Promise<void> {
    return this.act(() => this.api.post(path`/v1/helpers/${this.id}:offline`));
  }

  takeBreak(): Promise<void> {
    return this.act(() => this.api.post(path`/v1/helpers/${this.id}:break`));
  }

  accept(offer: Offer): Promise<void> {
    return this.act(() => this.api.post(path`/v1/offers/${offer.id}:accept`));
  }

  decline(offer: Offer, reason: DeclineReason, retryAfterSeconds: number | null): Promise<void> {
    return this.act(() => this.api.post(path`/v1/offers/${offer.id}:decline`, { reason, retryAfterSeconds }));
  }

  enRoute(job: Job): Promise<void> {
    return this.act(() => this.api.post(path`/v1/requests/${job.request.id}:en-route`));
  }

  arrive(job: Job): Promise<void> {
    return this.act(() => this.api.post(path`/v1/requests/${job.request.id}:arrive`));
  }

  complete(job: Job, resolved: boolean): Promise<void> {
    return this.act(() => this.api.post(path`/v1/requests/${job.request.id}:complete`, { resolved }));
  }

  giveUp(job: Job, reason: string): Promise<void> {
    return this.act(() => this.api.post(path`/v1/requests/${job.request.id}:abort`, { reason }));
  }

  private async read(id: string): Promise<Job | null> {
    try {
      const { data, etag } = await this.api.call<Request>('GET', path`/v1/requests/${id}`);
      return { request: data, etag };
    } catch (fault) {
      if (fault instanceof Problem && fault.status === 404) {
        return null;
      }
      throw fault;
    }
  }

  private act(command: () => Promise<unknown>): Promise<void> {
    return carryOut(command, () => this.load(), this.isBusy, this.news);
  }
}
