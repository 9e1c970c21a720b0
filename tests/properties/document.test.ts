import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { decode } from '../../src/document/decode.ts';
import type { Document } from '../../src/document/document.ts';
import { applyEdits } from '../../src/document/edit.ts';
import { readMarkdown } from '../../src/document/markdown.ts';
import { readDocument } from '../../src/document/read.ts';
import { suppressions } from '../../src/document/suppressions.ts';
import { readYaml } from '../../src/document/yaml/yaml.ts';
import type { Pointer } from '../../src/text/place.ts';

/** Every YAML and Markdown file of the repository that is not broken on purpose, and a few that hold what those don't. */
const fixtures: readonly { readonly path: string; readonly text: string }[] = [
  ...['teams', 'examples', 'targets', 'docs']
    .flatMap(filesBelow)
    .filter(({ path }) => !/^examples\/(?:broken|existing-project)\//.test(path)),
  { path: 'kinds.yaml', text: KINDS() },
  { path: 'role.md', text: `---\n${KINDS()}---\n\n# Work\n\nDo it.\n` },
];

function KINDS(): string {
  return `name: Payments # who
plain: several words
  on two lines
single: 'it''s'
double: "tab\\t and \\u00e9"
literal: |
  One.

    Two.
folded: >-
  some
  words
numbers: [1, -2, 3.5, 0x1F, 0o17, 1e3, 010, 1_000]
words: [true, False, yes, no, on, 2026-06-15, 12:30]
flow: { a: [b, { c: d }], "e f": g, h: [i: j] }
deep:
- - a
  - b: c
    d:
    - e
- &anchor { x: y }
- *anchor
"quoted key": value
? asked
: answered
`;
}

function filesBelow(folder: string): { path: string; text: string }[] {
  const root = new URL(`../../${folder}/`, import.meta.url);
  try {
    return readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(?:ya?ml|md)$/.test(path))
      .map((path) => ({ path: `${folder}/${path}`, text: readFileSync(new URL(path, root), 'utf8') }));
  } catch {
    return [];
  }
}

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    '*',
    '@x',
    'a: b',
    'x # y',
    '>= 80%',
    '{date}/x',
    'null',
    'true',
    '1',
    '- a',
    "it's",
    '"',
    '\n',
    'a\n\nb\n',
    ' ',
    '<<',
    '#',
    '---',
    'a\tb',
    '|',
    '%',
    '`',
  ),
);
const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
);
// One parser prints `<<` without quotes, and the language takes it for a merge.
const key = fc
  .oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom('__proto__', 'constructor', 'name', 'a b', '1', 'true', '~', 'key: x'),
  )
  .filter((name) => name !== '<<');
const { map: data } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, tie('list'), tie('map')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  map: fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 5 }),
}));
const layout = fc.record({
  collectionStyle: fc.constantFrom('any' as const, 'flow' as const),
  lineWidth: fc.constantFrom(0, 20, 80),
  indent: fc.constantFrom(2, 4),
  indentSeq: fc.boolean(),
  singleQuote: fc.constantFrom(true, false, null),
});

/** How the two parsers may differ, all in one place: only where the language reports an error anyway. */
function sameAsYaml(document: Document, source: string): void {
  expect(document.data).toEqual(parseDocument(source, { logLevel: 'silent' }).toJS());
}

describe('the two parsers', () => {
  for (const { path, text } of fixtures.filter(({ path }) => /\.ya?ml$/.test(path)))
    test(`agree on ${path}`, () => {
      const document = readYaml({ path, text }, 'any');
      expect(document.problems).toEqual([]);
      sameAsYaml(document, text);
    });

  test('agree on whatever data one of them prints, and nothing in it is a problem', () => {
    fc.assert(
      fc.property(data, layout, (value, options) => {
        const text = stringify(value, { ...options, aliasDuplicateObjects: false });
        const document = readYaml({ path: 'a.yaml', text });
        expect(document.problems).toEqual([]);
        expect(document.data).toEqual(value);
        sameAsYaml(document, text);
      }),
      { numRuns: 250 },
    );
  });
});

function everyPointer(value: unknown, pointer: Pointer = []): readonly Pointer[] {
  if (typeof value !== 'object' || value === null) return [pointer];
  const steps = Array.isArray(value) ? value.keys() : Object.keys(value);
  return [pointer, ...[...steps].flatMap((step) => everyPointer((value as never)[step], [...pointer, step]))];
}

function valueAt(value: unknown, pointer: Pointer): unknown {
  return pointer.reduce((at, step) => (at as never)[step], value);
}

/** What a range cuts out is the value again; lists and maps on lines of their own lose their first indentation. */
function expectRangesToFit(document: Document): void {
  for (const pointer of everyPointer(document.data)) {
    if (document.kind === 'markdown' && pointer.length === 0) continue;
    expectValue(document.text.slice(...document.range({ pointer })), valueAt(document.data, pointer), pointer);
    const last = pointer.at(-1);
    if (typeof last === 'string' && last !== 'instructions')
      expect(String(meaningOf(document.text.slice(...document.range({ pointer, on: 'key' }))))).toBe(last);
  }
}

function expectValue(cut: string, value: unknown, [first]: Pointer): void {
  if (first === 'instructions') expect(cut).toBe(value);
  else if (/^[|>]/.test(cut)) {
    // Block text ends where its last line does, and a number for its indentation counts from outside.
    if (!/^.[-+]?\d/.test(cut)) expect(String(meaningOf(cut)).trimEnd()).toBe(String(value).trimEnd());
  } else if (!cut.startsWith('*') && (typeof value !== 'object' || /^[[{]/.test(cut)))
    expect(meaningOf(cut, first === undefined)).toEqual(value);
}

/** What a piece of YAML means as the value of a key. */
function meaningOf(cut: string, root = false): unknown {
  return root ? load(cut) : (load(`key: ${cut}`) as { key: unknown }).key;
}

/** Reads a file as what it is: a role, a team, or a list that others include. */
function read(file: { readonly path: string; readonly text: string }): Document {
  return /\.md$/.test(file.path) ? readMarkdown(file) : readYaml(file, 'any');
}

describe('a range', () => {
  for (const fixture of fixtures)
    test(`cuts out the source of every value of ${fixture.path}, which has no mistakes`, () => {
      const document = read(fixture);
      expect(document.problems).toEqual([]);
      expectRangesToFit(document);
    });

  test('cuts out the source of every value of any data', () => {
    fc.assert(
      fc.property(data, layout, fc.boolean(), (value, options, markdown) => {
        const text = stringify(value, { ...options, aliasDuplicateObjects: false });
        if (!markdown) expectRangesToFit(readYaml({ path: 'a.yaml', text }));
        else if (!/^---\s*$/m.test(text))
          expectRangesToFit(readMarkdown({ path: 'a.md', text: `---\r\n${text}---\r\nbody` }));
      }),
      { numRuns: 200 },
    );
  });
});

/** Reads a text in every way, asks for everything, and checks that every place lies in the text. */
function survive(text: string): void {
  for (const path of ['a.yaml', 'a.md']) {
    const document = readDocument({ path, text });
    for (const { message, at, help, related = [], fix } of document.problems) {
      expect(message).toMatch(/^[^\n]+\.$/);
      expect(help ?? '.').toMatch(/^[^\n]+$/);
      for (const place of [at, ...related.map((other) => other.at)]) {
        const [start, end] = document.range(place);
        expect(0 <= start && start <= end && end <= text.length).toBe(true);
      }
      if (fix) expect(applyEdits(document, fix.edits).leftOut).toEqual([]);
    }
    document.range({ pointer: ['name'] });
    suppressions(document);
  }
}

const SPLICES = [
  '*',
  '@',
  '`',
  '%',
  '&a ',
  '*a',
  '!t ',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  ': ',
  ':',
  ' #',
  '- ',
  '\n',
  '\t',
  '  ',
  '|',
  '>',
  '<<: ',
  '---\n',
  '? ',
  ',',
  '\r',
  '\uFEFF',
  '\\',
  '~',
  'null',
  '# teamc-ignore x\n',
];
const mutation = fc.record({ at: fc.nat(), drop: fc.nat({ max: 6 }), insert: fc.constantFrom('', ...SPLICES) });

describe('reading never throws and soon ends', () => {
  test('on any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), survive), { numRuns: 300 });
  });

  test('on what YAML is made of, in any order', () => {
    const token = fc.constantFrom(...SPLICES, 'a', 'b', 'a:', '\n  ', '\n', '  ', 'a: b\n');
    fc.assert(
      fc.property(
        fc.array(token, { maxLength: 30 }).map((tokens) => tokens.join('')),
        survive,
      ),
      { numRuns: 1500 },
    );
  });

  test('on valid files with a few mistakes', () => {
    const file = fc.constantFrom(...fixtures.map(({ text }) => text.slice(0, 3000)));
    const mistaken = fc.tuple(file, fc.array(mutation, { minLength: 1, maxLength: 4 })).map(([text, mutations]) =>
      mutations.reduce((text, { at, drop, insert }) => {
        const start = at % (text.length + 1);
        return text.slice(0, start) + insert + text.slice(start + drop);
      }, text),
    );
    fc.assert(fc.property(mistaken, survive), { numRuns: 400 });
  });

  test('on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const decoded = decode('a.yaml', bytes);
        if ('source' in decoded) survive(decoded.source.text);
      }),
      { numRuns: 300 },
    );
  });

  const LONG: Readonly<Record<string, string>> = {
    brackets: '['.repeat(50_000),
    'brackets after a mistake': `a: ]\n${'['.repeat(50_000)}`,
    braces: '{a: '.repeat(50_000),
    dashes: '- '.repeat(50_000),
    questions: '? '.repeat(20_000),
    anchors: Array.from({ length: 90 }, (_, at) => `${' '.repeat(at)}&a${at} !!map\n${' '.repeat(at)}k:\n`).join(''),
    'anchored keys': '&a ? '.repeat(90),
    'nested anchors': '- &a\n  - &b x: '.repeat(30),
    quotes: 'a: "'.repeat(20_000),
    'open quotes': 'a: "x\n'.repeat(20_000),
    'open lists': 'a: [x\n'.repeat(20_000),
    stars: 'a: *\n'.repeat(20_000),
    keys: Array.from({ length: 50_000 }, (_, at) => `k${at}: v\n`).join(''),
    'equal keys': 'k: v\n'.repeat(20_000),
    fences: '---\n'.repeat(100_000),
    comments: '<!-- '.repeat(50_000),
    headings: '# x\n'.repeat(100_000),
    blanks: `${' '.repeat(500_000)}x`,
    'blank lines': '\n'.repeat(500_000),
    'one line': 'x'.repeat(1_900_000),
    'number signs': 'a: x #\n'.repeat(50_000),
    laughs: `a0: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 30 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(', ')}]\n`).join('')}`,
  };
  for (const [name, text] of Object.entries(LONG))
    test(`on many ${name}`, () => {
      const start = performance.now();
      survive(text);
      expect(performance.now() - start).toBeLessThan(5_000);
    });
});
