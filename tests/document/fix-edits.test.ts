import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Edit } from '../../src/diagnostic/diagnostic.ts';
import { applyEdits, applyFixes } from '../../src/document/edit.ts';
import { readDocument } from '../../src/document/read.ts';
import type { Pointer } from '../../src/text/place.ts';

/** A text after the removal of a value, or nothing when it can't be removed. */
function without(text: string, ...pointer: Pointer): string | undefined {
  const { text: after, leftOut } = applyEdits(readDocument({ path: 'a.yaml', text }), [
    { at: { file: 'a.yaml', pointer }, remove: true },
  ]);
  return leftOut.length > 0 ? undefined : after;
}

/** A text in which a value, or a key, is another text. */
function renamed(text: string, value: string, pointer: Pointer, on?: 'key'): string {
  const at = { file: 'a.yaml', pointer, ...(on ? { on } : {}) };
  return applyEdits(readDocument({ path: 'a.yaml', text }), [{ at, value }]).text;
}

describe('a removal', () => {
  test.each([
    ['the first item between brackets', 'a: [b, c] # d', ['a', 0], 'a: [c] # d'],
    ['the last one', 'a: [b, c]', ['a', 1], 'a: [b]'],
    ['one in the middle', 'a: [b, "c", d]', ['a', 1], 'a: [b, d]'],
    ['the last one, a comma behind it', 'a: [b, c,]', ['a', 1], 'a: [b,]'],
    ['the only one', 'a: [ b ]', ['a', 0], 'a: []'],
    ['a pair', 'a: { b: c, d: e }', ['a', 'd'], 'a: { b: c }'],
    ['the only pair', 'a: [{ b: c }]', ['a', 0, 'b'], 'a: [{}]'],
    ['a pair without braces', 'a: [b: c, d]', ['a', 0, 'b'], 'a: [{}, d]'],
    ['a key that lacks its value', 'a: { b, c: d }', ['a', 'b'], 'a: { c: d }'],
    ['a line between brackets', 'a: [\n  b, # c\n  d\n  ]\n', ['a', 0], 'a: [\n  d\n  ]\n'],
    ['the last line between brackets', 'a: [\r\n  b, # c\r\n  d\r\n  ]\r\n', ['a', 1], 'a: [\r\n  b, # c\r\n  ]\r\n'],
    ['a line with a dash', 'a:\n  - b # c\n  # d\n  - e\n', ['a', 0], 'a:\n  # d\n  - e\n'],
    ['the last line of a file', 'a:\r\n  - b\r\n  - c', ['a', 1], 'a:\r\n  - b'],
    ['the only dash', 'a: # x\n# y\n- b # c\nd: e\n', ['a', 0], 'a: [] # x\n# y\nd: e\n'],
    ['the only dash of a file', 'a:\n  - b', ['a', 0], 'a: []'],
    ['the first key behind a dash', '- b: c\n  d: e\n', [0, 'b'], '- d: e\n'],
    ['another key behind a dash', '- b: c\n  d: |\n    e\n\n  f: g\n', [0, 'd'], '- b: c\n\n  f: g\n'],
    ['the only key behind a dash', 'a:\n- b: c\n', ['a', 0, 'b'], 'a:\n- {}\n'],
    ['a dash behind a dash', 'a:\n- - b\n  - c\n', ['a', 0, 0], 'a:\n- - c\n'],
    ['a key with all below it', 'a: b\nc: # d\n  e:\n    - f # g\n\nh: i\n', ['c'], 'a: b\n\nh: i\n'],
    ['the ignore above it', 'a:\n  # b\n  # teamc-ignore x: y\n  - c\n  - d\n', ['a', 0], 'a:\n  # b\n  - d\n'],
  ] as const)('takes out %s', (_, text, pointer, after) => {
    const list = text.startsWith('-');
    const [given, way] = list ? [`x:\n${text}`, ['x', ...pointer]] : [text, pointer];
    expect(without(given, ...way)).toBe(list ? `x:\n${after}` : after);
  });

  test.each([
    ['others hang on it by an anchor', 'a: [&b c, d]\ne: *b\n', ['a', 0]],
    ['others hang on the list by an anchor', 'a: &b [c, d]\ne: *b\n', ['a', 0]],
    ['the way leads through an alias', 'a: &b [c, d]\ne: *b\n', ['e', 0]],
    ['it is all that the file holds', 'a: b\n', ['a']],
    ['it is not there', 'a: [b]\n', ['a', 3]],
    ['a comment would be torn from its item', 'a:\n- b: c\n  # about d\n  d: e\n', ['a', 0, 'b']],
    ['it is written as an explicit key', '? a\n: b\nc: d\n', ['a']],
  ] as const)('is left out when %s', (_, text, pointer) => {
    expect(without(text, ...pointer)).toBeUndefined();
  });
});

describe('a renaming', () => {
  test.each([
    ['plain text stays plain', 'a: [b, c]', ['a', 0], 'x/y', 'a: [x/y, c]'],
    ['quotes stay as they are', 'a: "b" # c', ['a'], 'x', 'a: "x" # c'],
    ['single ones too', "a: 'b'", ['a'], "it's", "a: 'it''s'"],
    ['text that needs quotes gets some', 'a: b', ['a'], 'x: y', 'a: "x: y"'],
    ['text with quotes gets the others', 'a: b', ['a'], '"x"', `a: '"x"'`],
    ['a word that is no text', 'a: b', ['a'], 'true', 'a: "true"'],
    ['a number', 'a: b', ['a'], '1e3', 'a: "1e3"'],
    ['a pattern in brackets', 'a: [b]', ['a', 0], 'shell:git *', 'a: [shell:git *]'],
    ['a list inside of brackets', 'a: [b]', ['a', 0], 'x, y', 'a: ["x, y"]'],
    ['line breaks', "a: 'b'", ['a'], 'x\ny', 'a: "x\\ny"'],
    ['an alias', 'b: &c d\na: *c # e', ['a'], 'x', 'b: &c d\na: x # e'],
    ['an anchor stays', 'a: &c d\nb: *c', ['a'], 'x', 'a: &c x\nb: *c'],
    ['a block of text', 'a: |\n  b\nc: d', ['a'], 'x', 'a: x\nc: d'],
    ['a value that is missing', 'a:\nc: d', ['a'], 'x', 'a: x\nc: d'],
  ] as const)('%s', (_, text, pointer, value, after) => {
    expect(renamed(text, value, pointer)).toBe(after);
  });

  test('a key keeps what stands around it', () => {
    expect(renamed('a: { "b":c }', 'x y', ['a', 'b'], 'key')).toBe('a: { "x y":c }');
    expect(renamed('a: # b\n  - c', 'x: y', ['a'], 'key')).toBe('"x: y": # b\n  - c');
  });
});

describe('fixes', () => {
  const document = readDocument({ path: 'a.yaml', text: 'a: [b, c, d]\n' });
  const documents = new Map([['a.yaml', document]]);
  const fix = (...edits: Edit[]) => ({ documents, fix: { title: '', safety: 'safe' as const, edits } });
  const at = (...pointer: Pointer) => ({ file: 'a.yaml', pointer });
  const made = (...fixes: ReturnType<typeof fix>[]) => {
    const done = applyFixes(fixes);
    return { text: done.texts.get('a.yaml')?.after, made: done.made.map(({ item }) => fixes.indexOf(item)) };
  };

  test('are made as a whole or not at all, and the first one counts', () => {
    const first = fix({ at: at('a', 0), value: 'x' });
    const second = fix({ at: at('a', 2), value: 'y' }, { at: at('a'), text: '[]' });
    const third = fix({ at: at('a', 2), value: 'z' }, { at: at('a', 0), value: 'x' });
    expect(made(first, second, third)).toEqual({ text: 'a: [x, c, z]\n', made: [0, 2] });
  });

  test('leave something in the place of the last item of a list', () => {
    const all = [0, 1, 2].map((index) => fix({ at: at('a', index), remove: true }));
    expect(made(...all)).toEqual({ text: 'a: [d]\n', made: [0, 1] });
  });

  test('that insert at one place wait for each other', () => {
    const [first, second] = ['x', 'y'].map((text) => fix({ at: { ...at(), span: [4, 4] as const }, text }));
    expect(made(first!, second!)).toEqual({ text: 'a: [xb, c, d]\n', made: [0] });
  });

  test('are not made where a file is not there, or something else hangs on the place', () => {
    const away = fix({ at: { file: 'b.yaml', pointer: [] }, text: '' });
    const gone = fix({ at: at('a', 9), remove: true });
    expect(made(away, gone)).toEqual({ text: undefined, made: [] });
  });
});

/** The files of the shipped teams, and one that holds what they don't. */
const fixtures = [
  ...(readdirSync('teams', { recursive: true }) as string[])
    .filter((path) => /\.(?:ya?ml|md)$/.test(path))
    .map((path) => ({ path, text: readFileSync(`teams/${path}`, 'utf8') })),
  {
    path: 'kinds.yaml',
    text: `# begins
a: [b, { c: d, e: [f] }, "g" ] # h
i:
- - j # k
  - l: m
    # n
    o:
    - p
- &q { r: s }
- *q
"t": >-
  u
  v

# w
x: 'y'
z:
  # last
  - 1 # one`,
  },
]
  .map((source) => readDocument(source))
  .filter(({ data }) => typeof data === 'object');

/** Every pointer into data, the root's left out. */
function pointersOf(data: unknown, start: Pointer = []): readonly Pointer[] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => {
    const here = [...start, Array.isArray(data) ? Number(key) : key];
    return [here, ...pointersOf(value, here)];
  });
}

/** Data without the value at a pointer. */
function withoutValue(data: unknown, [step, ...rest]: Pointer): unknown {
  if (Array.isArray(data))
    return rest.length === 0
      ? data.toSpliced(Number(step), 1)
      : data.with(Number(step), withoutValue(data[Number(step)], rest));
  return Object.fromEntries(
    Object.entries(data as object).flatMap(([key, value]) =>
      key !== step ? [[key, value]] : rest.length === 0 ? [] : [[key, withoutValue(value, rest)]],
    ),
  );
}

const values = fixtures.flatMap((document) =>
  pointersOf(document.data)
    .filter(([first]) => document.kind === 'yaml' || first !== 'instructions')
    .map((pointer) => ({ document, pointer })),
);

describe('wherever a value stands', () => {
  test('a removal takes it out of the data and leaves every other line as it is', () => {
    let removed = 0;
    fc.assert(
      fc.property(fc.constantFrom(...values), ({ document, pointer }) => {
        const { text, leftOut } = applyEdits(document, [{ at: { file: document.path, pointer }, remove: true }]);
        if (leftOut.length > 0) return;
        removed++;
        const after = readDocument({ path: document.path, text });
        expect(after.data).toEqual(withoutValue(document.data, pointer));
        expect(after.problems).toEqual([]);
        const lines = document.text.split('\n');
        const changed = text.split('\n').filter((line) => !lines.includes(line));
        expect(changed.length).toBeLessThan(2);
      }),
      { numRuns: 1500 },
    );
    expect(removed).toBeGreaterThan(1200);
  });

  test('a renaming is the only thing that changes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...values), fc.string({ unit: 'grapheme' }), ({ document, pointer }, value) => {
        const at = { file: document.path, pointer };
        if (document.range(at)[0] === document.range(at)[1] || typeof valueAt(document.data, pointer) === 'object')
          return;
        const { text, leftOut } = applyEdits(document, [{ at, value }]);
        if (leftOut.length > 0) return;
        const after = readDocument({ path: document.path, text });
        expect(valueAt(after.data, pointer)).toBe(value);
        const [start, end] = document.range(at);
        expect(text.startsWith(document.text.slice(0, start))).toBe(true);
        expect(text.endsWith(document.text.slice(end))).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });
});

function valueAt(data: unknown, pointer: Pointer): unknown {
  return pointer.reduce((value, step) => (value as Record<string | number, unknown>)?.[step], data);
}
