import { describe, expect, it } from 'vitest';
import { SseParser } from './sse-parser';

const stream = 'id: 41\n\nid: 42\nevent: request.submitted\ndata: {"a":"é"}\n\n:\nid: 45\n\n:\n\n';

describe('SseParser', () => {
  it('gives events and how far the stream has read', () => {
    expect(new SseParser().push(stream)).toEqual([{ id: '41', data: null }, { id: '42', data: '{"a":"é"}' }, { id: '45', data: null }]);
  });

  it('does not care how the network cut the stream', () => {
    for (let size = 1; size < stream.length; size++) {
      const parser = new SseParser();
      const frames = [];
      for (let at = 0; at < stream.length; at += size) {
        frames.push(...parser.push(stream.slice(at, at + size)));
      }
      expect(frames).toEqual(new SseParser().push(stream));
    }
  });

  it('takes lines that end as in other systems', () => {
    expect(new SseParser().push('id: 1\r\ndata: x\r\n\r\n')).toEqual([{ id: '1', data: 'x' }]);
  });
});
