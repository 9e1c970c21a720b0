import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDocument } from '../../src/document/read.ts';
import * as acceptors from '../../src/schema/generated/acceptors.ts';
import * as validators from '../../src/schema/generated/validators.ts';

const RUNS = Number(process.env['TEAMC_SOAK'] ?? 1) * 2000;

/** Everything that the examples and the shipped teams hold: real data to begin with. */
const samples = ['teams', 'examples'].flatMap((root) =>
  (readdirSync(root, { recursive: true }) as string[])
    .filter((name) => /\.(?:md|ya?ml)$/.test(name))
    .map((name) => readDocument({ path: name, text: readFileSync(`${root}/${name}`, 'utf8') }).data)
    .filter((data) => data !== undefined),
);

const leaf = fc.constantFrom<unknown>(
  '',
  'a',
  'x-',
  '80%',
  '5m',
  '2.5',
  0,
  1,
  -1,
  1.5,
  true,
  false,
  null,
  [],
  {},
  ['a'],
  { a: 'b' },
);

/** Data with one of its values, keys or items replaced, dropped or added. */
function changed(data: unknown, path: readonly number[], value: unknown, how: number): unknown {
  if (typeof data !== 'object' || data === null || path.length === 0) return value;
  const [first = 0, ...rest] = path;
  if (Array.isArray(data)) {
    if (data.length === 0 || how === 1) return [...data, value];
    const at = first % data.length;
    return how === 2 ? data.toSpliced(at, 1) : data.with(at, changed(data[at], rest, value, how));
  }
  const keys = Object.keys(data);
  if (keys.length === 0 || how === 1) return { ...data, [['x-own', 'other', 'roles', 'tools'][first % 4]!]: value };
  const key = keys[first % keys.length]!;
  const { [key]: held, ...others } = data as Record<string, unknown>;
  return how === 2 ? others : { ...data, [key]: changed(held, rest, value, how) };
}

const mutant = fc
  .tuple(fc.constantFrom(...samples), fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }), leaf, fc.nat(3))
  .map(([data, path, value, how]) => changed(data, path, value, how));

const PAIRS = [
  { name: 'role', quick: acceptors.role, thorough: validators.role },
  { name: 'team', quick: acceptors.team, thorough: validators.team },
];

test.each(PAIRS)('the quick answer about a $name is the one that the validator gives', ({ quick, thorough }) => {
  for (const data of samples) expect(quick(data)).toBe(thorough(data));
  fc.assert(
    fc.property(mutant, (data) => {
      expect(quick(data)).toBe(thorough(data));
    }),
    { numRuns: RUNS },
  );
});
