import { describe, expect, test } from 'vitest';
import { compile } from '../../src/pattern/compile.ts';
import { matches } from '../../src/pattern/decide.ts';
import type { Dialect } from '../../src/pattern/policy.ts';

/** The most characters of a pattern that a team file may have. */
const LONGEST = 5000;

const PIECES = [
  'x',
  '*',
  '?',
  'a*',
  'a?',
  ' *',
  '* ',
  '**/',
  '*/',
  './',
  '../',
  'x/',
  '**/x/',
  'a b',
  '*.*',
  "'",
  '"',
  '\\',
  '*.',
  '.*',
  '/',
  ':',
];
const STARTS = ['', 'https://', 'https://*.', '~/', '/'];

describe('A pattern as long as a team file may have it', () => {
  test.each<Dialect>(['command', 'path', 'url', 'name'])('is read, as a %s', (dialect) => {
    for (const start of STARTS)
      for (const piece of PIECES) {
        const pattern = (start + piece.repeat(LONGEST)).slice(0, LONGEST);
        expect([pattern, matches(dialect, pattern, 'any/other argument')]).toEqual([pattern, expect.any(Boolean)]);
        expect(() => compile(dialect, pattern)).not.toThrow();
      }
  });
});
