import { Problem } from './problem';
import type { Page } from './types';

export interface CallOptions {
  body?: unknown;

  /** The version that what is changed was seen in; the server refuses with 412 when it has changed since. */
  ifMatch?: string | null;
  ifNoneMatch?: string | null;
  signal?: AbortSignal;
}

export interface Answer<T> { data: T; etag: string | null }

const pageSize = 200;

/** The server, spoken to with one key. */
export class Api {
  /** @param dispatcher Who sits before the screen, for the timeline. */
  constructor(private readonly key: string, private readonly dispatcher: () => string = () => '') {}

  /** The header that the stream of events needs too. */
  get authorization(): string {
    return `Bearer ${this.key}`;
  }

  async get<T>(path: string, options?: CallOptions): Promise<T> {
    return (await this.call<T>('GET', path, options)).data;
  }

  async post<T>(path: string, body?: unknown, options?: CallOptions): Promise<T> {
    return (await this.call<T>('POST', path, { ...options, body })).data;
  }

  /** All pages of a list, one by one. */
  async *pages<T>(path: string, signal?: AbortSignal): AsyncGenerator<T[]> {
    const join = path.includes('?') ? '&' : '?';
    let cursor: string | null = null;
    do {
      const after: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
      const page: Page<T> = await this.get<Page<T>>(`${path}${join}limit=${pageSize}${after}`, { signal });
      yield page.data;
      cursor = page.nextCursor;
    } while (cursor);
  }

  async call<T>(method: string, path: string, options: CallOptions = {}): Promise<Answer<T>> {
    const headers: Record<string, string> = { Authorization: this.authorization };
    if (options.body !== undefined) {
      headers['Content-Type'] = 'application/json';
    }
    if (options.ifMatch) {
      headers['If-Match'] = options.ifMatch;
    }
    if (options.ifNoneMatch) {
      headers['If-None-Match'] = options.ifNoneMatch;
    }
    if (method === 'POST' || method === 'PATCH') {
      headers['Idempotency-Key'] = newId();
    }
    if (method !== 'GET' && this.dispatcher() !== '') {
      headers.Dispatcher = encodeURIComponent(this.dispatcher());
    }
    const response = await this.send(method, path, headers, options);
    if (!response.ok && response.status !== 304) {
      throw await Problem.of(response);
    }
    const isEmpty = response.status === 204 || response.status === 304;
    return { data: (isEmpty ? undefined : await response.json()) as T, etag: response.headers.get('ETag') };
  }

  /** A command whose answer was lost on the way is sent once more: its Idempotency-Key makes that safe. */
  private async send(method: string, path: string, headers: Record<string, string>, options: CallOptions): Promise<Response> {
    const init: RequestInit = { method, headers, signal: options.signal ?? null, cache: 'no-store' };
    if (options.body !== undefined) {
      init.body = JSON.stringify(options.body);
    }
    for (let attempt = 1; ; attempt++) {
      try {
        return await fetch(path, init);
      } catch (fault) {
        if (options.signal?.aborted) {
          throw fault;
        }
        if (attempt > 1) {
          throw Problem.unreachable();
        }
      }
    }
  }
}

/** Not crypto.randomUUID: browsers have that on https pages only. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A path with ids in it, each escaped; the colon of a verb stays. */
export function path(parts: TemplateStringsArray, ...ids: string[]): string {
  return parts.reduce((text, part, i) => text + encodeURIComponent(ids[i - 1] ?? '') + part);
}
