import type { Dice } from '../../dice.ts';

/** Valid texts of one kind, and the signs that such texts are made of. */
export interface Material {
  readonly seeds: readonly string[];
  readonly signs: readonly string[];
}

/** A text that a reader may meet: a valid one that was spoilt, or signs and trouble in any order. */
export function input(dice: Dice, material: Material): string {
  const { seeds, signs } = material;
  if (seeds.length === 0 || dice.rarely(6)) return soup(dice, signs);
  let text = dice.one(seeds);
  for (let rounds = dice.below(5); rounds > 0; rounds--) text = spoilt(dice, text, material);
  return text.slice(0, LONGEST);
}

/** The longest text that is made, in UTF-16 units. */
const LONGEST = 10_000;

/** How a file of each kind begins before what is repeated, and ends behind it. */
const FRAMES = [
  ['', ''],
  ['', ''],
  ['---\ndescription: a\nname: b\n---\n', 'x'],
  ['---\ndescription: ', 'x\n---\n'],
  ['---\nname: b\n', '\n---\nx'],
  ['a: ', 'x'],
] as const;

/** A long text of few signs over and over, as nobody writes it who means well; numbered, so that keys can differ. */
export function monotonous(dice: Dice, { signs }: Material, length: number): string {
  const [first, last] = dice.one(FRAMES);
  const sign = (): string => (dice.rarely(3) ? dice.one(NASTY) : dice.one(signs)).slice(0, 40);
  const piece = dice.rarely(3) ? sign() + sign() : dice.rarely(8) ? 'k%: v\n' : sign();
  const many = Math.ceil(length / Math.max(1, piece.length));
  return (
    first +
    Array.from({ length: many }, (_, at) => piece.replace('%', String(at)))
      .join('')
      .slice(0, length) +
    last
  );
}

function soup(dice: Dice, signs: readonly string[]): string {
  const length = dice.below(dice.one([3, 12, 80]));
  return Array.from({ length }, () => (dice.rarely(8) ? dice.one(NASTY) : dice.one(signs))).join('');
}

function spoilt(dice: Dice, text: string, { seeds, signs }: Material): string {
  const at = dice.below(text.length + 1);
  const end = Math.min(text.length, at + dice.below(dice.one([2, 20, 300])));
  const lines = text.split('\n');
  const line = dice.below(lines.length);
  const put = (what: string): string => text.slice(0, at) + what + text.slice(end);
  switch (dice.below(16)) {
    case 0:
      return put('');
    case 1:
      return text.slice(0, end) + text.slice(at);
    case 2:
      return put(piece(dice, dice.one(seeds)));
    case 3:
      return put(dice.one(NASTY));
    case 4:
      return put(dice.one(signs));
    case 5:
      return put(dice.one(signs).repeat(1 + dice.below(dice.one([8, 120, 600]))));
    case 6:
      return put(nested(dice, text.slice(at, end)));
    case 7:
      return lines.with(line, valued(dice, lines[line]!, signs)).join('\n');
    case 8:
      return lines.toSpliced(line, 1).join('\n');
    case 9:
      return lines.toSpliced(line, 0, ...lines.slice(line, line + 1 + dice.below(10))).join('\n');
    case 10:
      return lines.with(line, dice.one(INDENTS) + (lines[line] ?? '').trimStart()).join('\n');
    case 11:
      return text.replaceAll('\n', dice.one(LINE_ENDS));
    case 12:
      return text.replaceAll(/\d+/g, (number) => (dice.rarely(3) ? dice.one(NUMBERS) : number));
    case 13:
      return text.replaceAll(/[\w-]+/g, (word) => (dice.rarely(25) ? dice.one(WORDS) : word));
    case 14:
      return text.replaceAll(/[^\w\s]/g, (sign) => (dice.rarely(25) ? dice.one(signs) : sign));
    default:
      return dice.rarely(2) ? text.slice(0, at) : text.slice(at);
  }
}

function piece(dice: Dice, from: string): string {
  const start = dice.below(from.length + 1);
  return from.slice(start, start + dice.below(dice.one([10, 400])));
}

/** A text within many brackets, of which not all need be closed. */
function nested(dice: Dice, text: string): string {
  const [open, close] = dice.one(BRACKETS);
  const depth = dice.below(dice.one([4, 60, 300]));
  return open.repeat(depth) + text + close.repeat(dice.rarely(3) ? dice.below(depth + 2) : depth);
}

/** A line with something else behind its key. */
function valued(dice: Dice, line: string, signs: readonly string[]): string {
  const lead = /^\s*(?:- )?["']?[\w-]+["']?\s*[:=]\s?/.exec(line)?.[0] ?? '';
  const value = dice.one([dice.one(NASTY), dice.one(signs), JSON.stringify(dice.one(NASTY)), dice.one(NUMBERS)]);
  return lead + value;
}

const INDENTS = ['', ' ', '  ', '    ', '\t', ' \t', '- ', '\u00a0', '\u3000', '          '];
const LINE_ENDS = ['\r\n', '\r', '\n\n', '\u2028', '\u2029', '\u0085', '\n\r', ' \n', '\t\n', '\v', '\f'];
const NUMBERS = ['-1', '0', '-0', '1e308', '1e999', '0.1e-400', '9'.repeat(30), '0x1F', '0o17', '1_000', '010', 'NaN'];
const WORDS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'length', 'then'];
const BRACKETS = [
  ['[', ']'],
  ['{', '}'],
  ['(', ')'],
  ['{a: ', '}'],
  ['{"a":', '}'],
  ['(?:', ')*'],
  ['{a,', '}'],
  ['$(', ')'],
  ['"', '"'],
  ['`', '`'],
  ['<', '>'],
  ['**', '**'],
  ['- ', ''],
] as const;

/** Code that would leave a mark if anything ever ran it. */
const MARK = 'globalThis.wasRun=1';

/** The name of the mark. */
export const MARKED = 'wasRun';

/** Texts that were trouble somewhere, once. */
const NASTY: readonly string[] = [
  '',
  ...WORDS,
  '{"__proto__":{"polluted":1}}',
  '__proto__: {polluted: 1}',
  '__proto__.polluted = 1\n',
  '[__proto__]\npolluted = 1\n',
  'constructor: {prototype: {polluted: 1}}',
  MARK,
  `$\{${MARK}}`,
  `$(${MARK})`,
  `\`${MARK}\``,
  `---js\n${MARK}\n---\n`,
  `---javascript\nmodule.exports = (${MARK})\n---\n`,
  `---coffee\n${MARK}\n---\n`,
  `!!js/function "function(){${MARK}}"`,
  `!!js/undefined x`,
  `{{#with "s" as |string|}}{{lookup string.constructor "${MARK}"}}{{/with}}`,
  `(?{${MARK}})`,
  `');${MARK};('`,
  '..',
  '../../outside',
  '/etc/passwd',
  'C:\\x',
  'con',
  'a\0b',
  '\ud800',
  '\udc00\ud800',
  '\u202eabc',
  '\ufeff',
  '\u2028',
  '\u0085',
  '\u200b',
  '🤖',
  '👩‍👩‍👧‍👦',
  'e\u0301\u0301\u0301',
  'İıſK',
  '\u{e0041}\u{e0042}',
  '---\n',
  '...\n',
  '+++\n',
  '\n---\na: 1\n---\n',
  '\n+++\na = 1\n+++\n',
  '- ',
  ': ',
  '? ',
  '&a ',
  '*a',
  '&a [*a]',
  '<<: *a\n',
  '<<: [*a, *a]\n',
  '!!binary aGk=',
  '!!set {a, b}',
  '!!omap [a: 1]',
  '!!timestamp 2001-99-99',
  '!<x> ',
  '%YAML 9.9\n',
  '%TAG ! tag:x:\n',
  '|\n',
  '>-9\n',
  '|2+\n    x',
  '{{> x}}',
  '\\',
  '\\u',
  '\\u{110000}',
  '\\x',
  '"\\q"',
  '"',
  "'",
  '#',
  '\t',
  '\r',
  '\r\n',
  '\n',
  '\n\n\n',
  '(a+)+$',
  '(?=a)*',
  '(a|a)*b',
  '(?<n>a)\\k<n>',
  '[z-a]',
  '\\p{L}',
  'a{2147483648}',
  '(?:a{1000}){1000}',
  '*'.repeat(40),
  '*a'.repeat(20),
  '**/'.repeat(20),
  '**/a/'.repeat(12),
  '{a,b}'.repeat(12),
  '{'.repeat(40),
  '[!a-z]',
  '?'.repeat(40),
  'x'.repeat(3_000),
  'a '.repeat(800),
  '\n'.repeat(800),
  '@a '.repeat(200),
  '| '.repeat(300),
  '|-'.repeat(300),
  '[a](b)'.repeat(100),
  '<!-- '.repeat(100),
  '```\n'.repeat(50),
  '.inf',
  '.nan',
  'null',
  '~',
  'true',
  'no',
  '[]',
  '{}',
  '["a","b"]',
  '9'.repeat(400),
  '1e'.repeat(40),
  '# teamc-ignore schema\n',
  '# teamc-ignore *: x\n',
  '<!-- teamc-ignore x -->\n',
  '{ include: ../x.yaml }',
  '/*',
  '//',
  '*/',
];
