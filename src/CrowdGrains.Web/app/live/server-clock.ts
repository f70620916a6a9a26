import { signal } from '@preact/signals';

/**
 * The server's clock as seen from here. A demo's clock runs many times as fast as life, so the rate is learnt too, from the times that
 * the server's answers carry.
 */
export class ServerClock {
  /** Seconds of the server in one of ours, as people say it: 1 or more. */
  readonly rate = signal(1);
  private first: Reading | null = null;
  private latest: Reading | null = null;
  private readonly local: () => number;

  constructor(local: () => number = () => performance.now()) {
    this.local = local;
  }

  /** Takes note of what the server's clock says now. */
  learn(server: number): void {
    const reading = { server, local: this.local() };
    this.latest = reading;
    this.first ??= reading;
    const elapsed = reading.local - this.first.local;
    if (elapsed >= leastElapsed) {
      const rate = (reading.server - this.first.server) / elapsed;
      this.rate.value = rate > leastFast ? rate : 1;
    }
  }

  /** Takes note of a time that has passed for certain: of an event. The clock is never behind it. */
  learnPassed(server: number): void {
    if (server > this.now()) {
      this.latest = { server, local: this.local() };
    }
  }

  /** Milliseconds since 1970 by the server's clock. */
  now(): number {
    return this.latest ? this.latest.server + (this.local() - this.latest.local) * this.rate.value : Date.now();
  }

  get isKnown(): boolean {
    return this.latest !== null;
  }
}

interface Reading { server: number; local: number }

/** Over less, the time that answers take on their way would count. */
const leastElapsed = 900;

/** Below, the difference is that of answers that took longer or shorter. */
const leastFast = 2;
