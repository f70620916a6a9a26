import { describe, expect, it } from 'vitest';
import { duration, spoken } from './words';

describe('words', () => {
  it('says durations as people do', () => {
    expect([0, 42, 725, 11_220, 187_200].map(duration)).toEqual(['0:00', '0:42', '12:05', '3 h 07', '2 d 4 h']);
  });

  it('makes text of the words of the interface', () => {
    expect(['router-setup', 'notSkilled', 'tv-setup'].map(spoken)).toEqual(['Router setup', 'Not skilled', 'TV setup']);
  });
});
