import { describe, expect, it } from 'vitest';
import { ServerClock } from './server-clock';

function clockAt(start: number): { clock: ServerClock; pass: (milliseconds: number) => void } {
  let local = start;
  return { clock: new ServerClock(() => local), pass: (milliseconds) => (local += milliseconds) };
}

describe('ServerClock', () => {
  it('goes on from what the server said', () => {
    const { clock, pass } = clockAt(100);
    clock.learn(5000);
    pass(250);
    expect(clock.now()).toBe(5250);
  });

  it('learns that the server lives faster', () => {
    const { clock, pass } = clockAt(0);
    clock.learn(1_000_000);
    pass(1000);
    clock.learn(1_060_000);
    pass(1000);
    expect(clock.rate.value).toBe(60);
    expect(clock.now()).toBe(1_120_000);
  });

  it('takes an answer that was slow for no other rate', () => {
    const { clock, pass } = clockAt(0);
    clock.learn(1000);
    pass(1000);
    clock.learn(2400);
    expect(clock.rate.value).toBe(1);
  });

  it('is never behind what has happened', () => {
    const { clock } = clockAt(0);
    clock.learn(1000);
    clock.learnPassed(9000);
    clock.learnPassed(8000);
    expect(clock.now()).toBe(9000);
  });
});
