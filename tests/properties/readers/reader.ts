import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { Document, Range } from '../../../src/document/document.ts';
import { applyEdits } from '../../../src/document/edit.ts';
import { readDocument } from '../../../src/document/read.ts';
import type { Pointer } from '../../../src/text/place.ts';
import type { Dice } from '../../dice.ts';
import type { Material } from './inputs.ts';

/** A place where teamc takes in a text that somebody else wrote. */
export interface Reader extends Material {
  /** What is read, and of what. */
  readonly name: string;
  /** How many inputs there are for each unit of `TEAMC_SOAK`: the fewer, the longer one takes. */
  readonly share: number;
  /** Reads a text, and holds what came of it to what must be true of it. Throws for what is not. */
  read(text: string, dice: Dice): unknown;
  /** The errors by which it may refuse a text: each a sentence for people. */
  readonly refuses?: readonly (abstract new (
    ...args: never[]
  ) => Error)[];
  /** Left out of the measure of how time grows: it reads short texts only, or refuses long ones. */
  readonly short?: true;
}

/** The longest text that others are made of, in UTF-16 units: in small ones as much can go wrong, and more of them are tried. */
const LONGEST = 2_500;

/** The texts of the smaller files below a folder of the repository. */
export function textsBelow(folder: string, wanted: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => wanted.test(path))
    .sort()
    .map((path) => readFileSync(join(folder, path), 'utf8'))
    .filter((text) => text.length <= LONGEST);
}

/** Team files, and role files in Markdown, as they are shipped. */
export const TEAMS = [
  ...textsBelow('teams', /(?:^|\/)team\.ya?ml$/),
  ...textsBelow('examples', /(?:^|\/)team\.ya?ml$/),
];
export const ROLES = [...textsBelow('teams', /roles\/.*\.md$/), ...textsBelow('examples', /roles\/.*\.md$/)];

/** The signs of YAML and of Markdown. */
export const YAML = [
  ...[...'abc:-,?[]{}#&*!|>\'"%@`~\\ '],
  ...[
    '\n',
    '\n  ',
    '\n- ',
    '\n  - ',
    ': ',
    '- ',
    '? ',
    '---\n',
    '...\n',
    '&a ',
    '*a',
    '<<: ',
    '!!str ',
    ' #',
    '\t',
    'a: b\n',
  ],
];
export const MARKDOWN = [
  ...[...'ab|*_#->+=[]()<>!`~\\ '],
  ...[
    '\n',
    '\n\n',
    '# ',
    '## ',
    '- ',
    '1. ',
    '**',
    '---\n',
    '+++\n',
    '```\n',
    '| a | b |\n',
    '|---|---|\n',
    '@a ',
    '`a`',
    '[a](b)',
  ],
  ...['<!-- ', ' -->', ' → ', ' -> ', 'escalates to ', 'Delegates to: ', 'reports to ', '  - ', '&nbsp;', '<example>'],
];

/** A range lies within a text, and does not end before it begins. */
export function within(text: string, [start, end]: Range): void {
  if (!(start >= 0 && start <= end && end <= text.length))
    throw new Error(`[${start}, ${end}] is not within ${text.length}`);
}

/** Data holds nothing but lists, maps and single values, and no map inherits from anything of the input's. */
export function plain(data: unknown): void {
  const seen = new Set<unknown>();
  const waiting: unknown[] = [data];
  for (let value = waiting.pop(); waiting.length > 0 || value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    const above: unknown = Object.getPrototypeOf(value);
    if (above !== null && above !== Object.prototype && above !== Array.prototype && !isKnown(value))
      throw new Error('A value has got another prototype');
    waiting.push(...(Object.values(value) as unknown[]));
  }
}

/** What the parsers make of `!!binary`, `!!set` and dates. */
function isKnown(value: object): boolean {
  return value instanceof Uint8Array || value instanceof Date || value instanceof Set || value instanceof Map;
}

/** How many fixes of one text are made. */
const MOST_FIXES = 3;

/** Every place of a document lies in its text, every fix can be made, and what that gives can be read. */
export function sensible(document: Document): void {
  plain(document.data);
  let fixes = 0;
  for (const { at, related = [], fix } of document.problems) {
    for (const place of [at, ...related.map((other) => other.at)]) within(document.text, document.range(place));
    if (!fix || fixes++ > MOST_FIXES) continue;
    const { text } = applyEdits(document, fix.edits);
    readDocument({ path: document.path, text });
  }
  for (const pointer of pointersIn(document.data, 40)) {
    within(document.text, document.range({ pointer }));
    within(document.text, document.range({ pointer, on: 'key' }));
  }
}

/** Some pointers into data, from the outside in. */
export function pointersIn(data: unknown, most: number): readonly Pointer[] {
  const found: Pointer[] = [];
  const waiting: (readonly [Pointer, unknown])[] = [[[], data]];
  for (const [pointer, value] of waiting) {
    if (found.length >= most) break;
    found.push(pointer);
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value).slice(0, most))
      waiting.push([[...pointer, Array.isArray(value) ? Number(key) : key], inner]);
  }
  return found;
}

/** Two answers are the same. */
export function same(one: unknown, other: unknown): void {
  // What tells a difference well takes its time, and nearly all are the same.
  if (!isDeepStrictEqual(one, other)) expect(one).toEqual(other);
}
