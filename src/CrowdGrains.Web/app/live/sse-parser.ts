/** One frame of an event stream. A frame without data only says how far the stream has read. */
export interface Frame { id: string | null; data: string | null }

/** Cuts an event stream into frames, however the network cut it into pieces. */
export class SseParser {
  private rest = '';
  private id: string | null = null;
  private data: string[] = [];

  push(text: string): Frame[] {
    const frames: Frame[] = [];
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) {
      this.take(line.endsWith('\r') ? line.slice(0, -1) : line, frames);
    }
    return frames;
  }

  private take(line: string, frames: Frame[]): void {
    if (line === '') {
      if (this.id !== null || this.data.length > 0) {
        frames.push({ id: this.id, data: this.data.length > 0 ? this.data.join('\n') : null });
      }
      this.id = null;
      this.data = [];
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (field === 'id') {
      this.id = value;
    } else if (field === 'data') {
      this.data.push(value);
    }
  }
}
