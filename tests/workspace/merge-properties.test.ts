import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { type Merged, type MergeInput, merge } from '../../src/document/merge/merge.ts';
import { readSettings } from '../../src/document/merge/tree.ts';
import { canonical } from '../../src/document/merge/values.ts';

type Data = string | number | boolean | readonly Data[] | { readonly [key: string]: Data };

const RUNS = 300;

const KEYS = ['agent', 'allow', 'deny', 'hooks', 'a b', '__proto__', 'customModes'];
const scalar = fc.oneof(
  fc.constantFrom('x', 'y: z', '# no', '', 'é–"\\'),
  fc.integer({ min: 0, max: 9 }),
  fc.boolean(),
);

const { map: maps } = fc.letrec<{ map: { readonly [key: string]: Data }; value: Data }>((tie) => ({
  map: fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    tie('map'),
    fc.uniqueArray(scalar, { maxLength: 4, selector: (item) => JSON.stringify(item) }),
    fc.uniqueArray(
      fc.record({ slug: fc.constantFrom('p', 'q', 'r'), name: scalar }, { requiredKeys: ['slug', 'name'] }),
      { maxLength: 3, selector: ({ slug }) => slug },
    ),
  ),
}));

/** JSON as people write it: on one line or many, with comments that are numbered. */
function written(data: Data, style: readonly number[]): string {
  let next = 0;
  let comments = 0;
  const pick = () => style[next++ % style.length]!;
  const gap = (indent: string): string =>
    ['', ' ', `\n${indent}`, `\n${indent}`, ` // c${comments++};\n${indent}`, `\n${indent}/* c${comments++}; */ `][
      pick() % 6
    ]!;
  const write = (value: Data, indent: string): string => {
    if (typeof value !== 'object') return JSON.stringify(value);
    const deeper = `${indent}  `;
    const items = Array.isArray(value)
      ? value.map((item: Data) => write(item, deeper))
      : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${write(item as Data, deeper)}`);
    const [open, close] = Array.isArray(value) ? '[]' : '{}';
    const tail = items.length > 0 && pick() % 5 === 0 ? ',' : '';
    return open + items.map((item) => gap(deeper) + item).join(',') + tail + gap(indent) + close;
  };
  return gap('') + write(data, '') + gap('');
}

/** The comments of a text, by their numbers. */
function commentsIn(text: string): readonly string[] {
  return [...text.matchAll(/c\d+;/g)].map(([comment]) => comment).sort();
}

function dataIn(path: string, text: string | undefined): string {
  const settings = readSettings(path, text ?? '');
  if ('mistake' in settings) throw new Error(`${settings.mistake}\n${text}`);
  return canonical(settings.data ?? {}, false);
}

function merged(input: MergeInput): Merged | undefined {
  const result = merge(input);
  if (!('mistake' in result)) return result;
  // Only a value of another kind may stand in the way.
  expect(result.mistake).toMatch(
    /^".*" is a (?:single value|map|list), and teamc needs a (?:single value|list|map) there$/,
  );
  return undefined;
}

/** What holds for every file and everything that teamc has to say in it. */
function holds(path: string, text: string, ours: string): void {
  const first = merged({ path, text, ours, untouched: false });
  if (!first) return;
  const after = first.text ?? '';
  const { own } = first;
  // Only inside a value that a person agreed to overwrite a comment may go.
  const isMine = first.inTheWay.length === 0;
  if (isMine) expect(commentsIn(after)).toEqual(commentsIn(text));
  if (isMine) {
    const again = merge({ path, text: after, ours, own, untouched: true });
    expect(again).toMatchObject({ text: after, inTheWay: [] });
    expect(merge({ path, text: after, ours, own, untouched: false })).toMatchObject({ text: after, inTheWay: [] });
  }
  // A file that is nothing but what the team says counts as teamc's.
  if (text === ours) return;
  if (own?.undo) expect(merge({ path, text: after, ours: undefined, own, untouched: true })).toMatchObject({ text });
  const taken = merge({ path, text: after, ours: undefined, own, untouched: false });
  if ('mistake' in taken) throw new Error(taken.mistake);
  // What was there already, and is what the team says, counts as teamc's from then on.
  const isAdopted = own !== undefined && own.undo === undefined;
  if (isMine && !isAdopted) expect(commentsIn(taken.text ?? '')).toEqual(commentsIn(text));
  if (!isAdopted) expect(dataIn(path, taken.text)).toBe(dataIn(path, text));
}

test('settings in JSON keep everything of their own, whatever the team says', () => {
  fc.assert(
    fc.property(maps, maps, fc.array(fc.nat(29), { minLength: 5, maxLength: 20 }), (theirs, ours, style) => {
      holds('settings.json', written(theirs, style), JSON.stringify(ours));
    }),
    { numRuns: RUNS },
  );
});

test('settings in YAML keep everything of their own, whatever the team says', () => {
  const layout = fc.record({ indent: fc.constantFrom(2, 4), indentSeq: fc.boolean(), flow: fc.boolean() });
  fc.assert(
    fc.property(maps, maps, layout, (theirs, ours, { flow, ...options }) => {
      const text = stringify(theirs, { ...options, lineWidth: 0, collectionStyle: flow ? 'flow' : 'any' });
      holds('modes.yaml', `# c0;\n${text}# c1;\n`, stringify(ours, { lineWidth: 0 }));
    }),
    { numRuns: RUNS },
  );
});

test('whatever stands in a settings file, it is a sentence or an edit', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"a"',
    ':',
    ',',
    ' ',
    '\n',
    '  ',
    '- ',
    'a',
    '#',
    '//',
    '/*',
    '*/',
    '&x ',
    '*x',
    '|',
    '>',
    '!!set',
    '---',
    '\t',
    '\r',
    'customModes:',
    'slug: p',
    '"',
    "'",
    '\0',
    '\uFEFF',
    '\uD800',
    '?',
  );
  const text = fc.array(pieces, { maxLength: 30 }).map((list) => list.join(''));
  const ours = JSON.stringify({
    agent: 'lead',
    customModes: [{ slug: 'p', name: 'P' }],
    permissions: { allow: ['x'] },
  });
  fc.assert(
    fc.property(text, fc.constantFrom('a.json', 'a.yaml', '.roomodes'), (theirs, path) => {
      const result = merge({ path, text: theirs, ours, untouched: false });
      if ('mistake' in result) return;
      const taken = merge({ path, text: result.text, ours: undefined, own: result.own, untouched: true });
      if (result.own?.undo && theirs !== ours) expect(taken).toMatchObject({ text: theirs });
    }),
    { numRuns: RUNS * 10 },
  );
});
