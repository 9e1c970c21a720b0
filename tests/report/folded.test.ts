import { expect, test } from 'vitest';
import { folded } from '../../src/report/folded.ts';

test.each<[what: string, line: string, columns: number, expected: readonly string[]]>([
  ['a sentence', 'one two three', 9, ['one two', '  three']],
  ['a sentence further in', '  help: Do this or that.', 14, ['  help: Do', '    this or', '    that.']],
  [
    'a row, below its text',
    'outcome     done in about half an hour of work',
    36,
    ['outcome     done in about half an', '            hour of work'],
  ],
  [
    'a row without its label',
    '            done in about half an hour of work',
    36,
    ['            done in about half an', '              hour of work'],
  ],
  [
    'a branch of a tree, with its guides',
    '0:00  │  ├─ lead gets it from the one who asked',
    40,
    ['0:00  │  ├─ lead gets it from the one', '      │  │  who asked'],
  ],
  [
    'the last branch of a tree',
    '0:00  │  └─ lead gets it from the one who asked',
    40,
    ['0:00  │  └─ lead gets it from the one', '      │     who asked'],
  ],
  [
    'a word that is too long',
    'see https://example.com/a/long/way now',
    12,
    ['see', '  https://example.com/a/long/way', '  now'],
  ],
  ['a place', '  --> roles/long-name.md:1:1  label', 16, ['  --> roles/long-name.md:1:1', '    label']],
  ['what is painted', '\u001b[1mone two\u001b[22m three', 9, ['\u001b[1mone two\u001b[22m', '  three']],
  ['wide characters', '日本 日本 日本', 10, ['日本 日本', '  日本']],
  ['what fits', 'one  two', 8, ['one  two']],
])('%s is folded', (_what, line, columns, expected) => {
  expect(folded(line, { columns }).split('\n')).toEqual(expected);
});

test('nothing is folded where there is no terminal', () => {
  expect(folded('one two three '.repeat(50), {})).toBe('one two three '.repeat(50));
});
