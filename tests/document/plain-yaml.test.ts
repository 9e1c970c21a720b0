import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { constructFromEvents } from 'js-yaml';
import { expect, test } from 'vitest';
import { isOrdinary } from '../../src/document/yaml/ordinary.ts';
import { readPlainly } from '../../src/document/yaml/plain-yaml.ts';
import { attempt } from '../../src/document/yaml/recover.ts';

const RUNS = Number(process.env['TEAMC_SOAK'] ?? 1) * 3000;

/** What js-yaml makes of a text that is ordinary; nothing of any other. */
function thoroughly(text: string): unknown {
  const events = attempt(text);
  if (!Array.isArray(events) || !isOrdinary(text, events)) return undefined;
  try {
    return constructFromEvents(events, { source: text })[0];
  } catch {
    return undefined;
  }
}

/** Whatever is read plainly must be what js-yaml reads, and no text that somebody should be told about. */
function holds(text: string): boolean {
  const plain = readPlainly(text);
  if (plain === undefined) return false;
  expect({ text, data: JSON.stringify(plain) }).toEqual({ text, data: JSON.stringify(thoroughly(text)) });
  return true;
}

/** The YAML of the examples and of the shipped teams. */
const samples = ['teams', 'examples'].flatMap((root) =>
  (readdirSync(root, { recursive: true }) as string[])
    .filter((name) => /\.(?:md|ya?ml)$/.test(name))
    .map((name) => readFileSync(`${root}/${name}`, 'utf8'))
    .map((text) => /^---\n(.*?)^---$/ms.exec(text)?.[1] ?? text),
);

test('what is written as most YAML is reads as js-yaml reads it', () => {
  expect(samples.filter(holds).length).toBeGreaterThan(samples.length / 2);
});

const NOISE = [
  ': ',
  ':',
  '- ',
  '-',
  '\n',
  '\n  ',
  '\n- ',
  ' #',
  '#',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ',',
  ', ',
  '&a ',
  '*a',
  '!',
  '!!str ',
  '|',
  '|\n  ',
  '>',
  '? ',
  '~',
  'null',
  'true',
  'no',
  '1',
  '0x1F',
  '1.5',
  '1e3',
  '010',
  '.inf',
  '2026-06-15',
  '%',
  '@',
  '`',
  '\t',
  '\r\n',
  '---\n',
  '...',
  ' ',
  '  ',
  'a',
  'é',
  '😀',
  '\\',
  '<<: ',
  '__proto__: ',
  'a: b',
  '\u2028',
  '\uFEFF',
  '\u00A0',
  '\uD83D',
  '\uDE00',
];

const broken = fc
  .tuple(
    fc.constantFrom(...samples),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(3), fc.constantFrom(...NOISE)), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([text, edits]) =>
    edits.reduce((now, [where, gone, noise]) => {
      const at = Math.floor(where * now.length);
      return now.slice(0, at) + noise + now.slice(at + gone);
    }, text),
  );

test('so it does where something was changed', () => {
  fc.assert(
    fc.property(broken, (text) => void holds(text)),
    { numRuns: RUNS },
  );
});

const words = fc.array(fc.constantFrom(...NOISE, 'b', 'key', 'key: ', 'x y', '\n\n', '\n    '), { maxLength: 14 });

test('so it does with what nobody would write', () => {
  fc.assert(
    fc.property(words, (parts) => void holds(parts.join(''))),
    { numRuns: RUNS * 5 },
  );
  fc.assert(
    fc.property(words, (parts) => void holds(`a: ${parts.join('')}`)),
    { numRuns: RUNS * 5 },
  );
  fc.assert(
    fc.property(words, (parts) => void holds(`a:\n  - ${parts.join('')}`)),
    { numRuns: RUNS * 5 },
  );
  fc.assert(
    fc.property(words, (parts) => void holds(`a: [${parts.join('')}]`)),
    { numRuns: RUNS * 5 },
  );
  fc.assert(
    fc.property(words, (parts) => void holds(`a: { b: ${parts.join('')} }\nc: d`)),
    { numRuns: RUNS * 5 },
  );
});
