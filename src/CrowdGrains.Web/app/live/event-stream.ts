import { signal } from '@preact/signals';
import type { Api } from '../api/http';
import { Problem } from '../api/problem';
import type { CloudEvent } from '../api/types';
import { SseParser, type Frame } from './sse-parser';

export type Connection = 'connecting' | 'live' | 'lost' | 'refused';

export interface StreamHandlers {
  /** Where the stream begins: what happened up to there is to be read from lists. */
  began?: (sequence: number) => void;
  happened: (event: CloudEvent) => void;
}

const firstPause = 500;
const longestPause = 10_000;

/** The server says something every 15 seconds: a stream that is silent for longer is dead, even if nobody closed it. */
const silence = 25_000;

/**
 * Follows the log of events, from now on, without a gap: a stream that breaks is resumed after the last event that was handled.
 * EventSource would do that too, but it cannot send a key.
 */
export class EventStream {
  readonly connection = signal<Connection>('connecting');
  readonly refusal = signal('');
  private readonly ended = new AbortController();
  private last: string | null = null;
  private began = false;

  constructor(private readonly api: Api, private readonly handlers: StreamHandlers, private readonly types = '') {}

  start(): void {
    void this.follow();
    window.addEventListener('online', this.wake, { signal: this.ended.signal });
  }

  stop(): void {
    this.ended.abort();
    this.wake();
  }

  private wake = (): void => undefined;

  private async follow(): Promise<void> {
    let pause = firstPause;
    while (!this.ended.signal.aborted) {
      try {
        await this.readOnce(() => (pause = firstPause));
      } catch (fault) {
        if (fault instanceof Problem && fault.status >= 400 && fault.status < 500 && fault.status !== 429) {
          this.refusal.value = fault.message;
          this.connection.value = 'refused';
          return;
        }
      }
      if (this.ended.signal.aborted) {
        return;
      }
      this.connection.value = 'lost';
      await this.rest(pause);
      pause = Math.min(longestPause, pause * 2);
    }
  }

  private async readOnce(opened: () => void): Promise<void> {
    const attempt = new AbortController();
    const giveUp = (): void => attempt.abort();
    this.ended.signal.addEventListener('abort', giveUp);
    let watch = window.setTimeout(giveUp, silence);
    try {
      const headers: Record<string, string> = { Authorization: this.api.authorization, Accept: 'text/event-stream' };
      if (this.last !== null) {
        headers['Last-Event-ID'] = this.last;
      }
      const response = await fetch(`/v1/events${this.types && `?types=${this.types}`}`, { headers, signal: attempt.signal, cache: 'no-store' });
      if (!response.ok || !response.body) {
        throw await Problem.of(response);
      }
      const parser = new SseParser();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        window.clearTimeout(watch);
        watch = window.setTimeout(giveUp, silence);
        opened();
        this.connection.value = 'live';
        parser.push(piece.value).forEach(this.take);
      }
    } finally {
      window.clearTimeout(watch);
      this.ended.signal.removeEventListener('abort', giveUp);
    }
  }

  private take = (frame: Frame): void => {
    if (frame.data !== null) {
      this.handlers.happened(JSON.parse(frame.data) as CloudEvent);
    }
    if (frame.id !== null) {
      this.last = frame.id;
      if (!this.began) {
        this.began = true;
        this.handlers.began?.(Number(frame.id));
      }
    }
  };

  private rest(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = window.setTimeout(resolve, milliseconds);
      this.wake = () => {
        window.clearTimeout(timer);
        resolve();
      };
    });
  }
}
