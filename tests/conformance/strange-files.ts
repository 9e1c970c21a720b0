/** Makes numbers from 0 up to, not including, `below`; the same seed makes the same ones. */
export type Draw = (below: number) => number;

/** A small generator of numbers: mulberry32. */
export function drawing(seed: number): Draw {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const NAMES = [
  'NAME',
  'NAME',
  'NAME',
  '"NAME"',
  "'NAME'",
  'NAME # note',
  'NAME:x',
  '-NAME',
  '"NAME',
  'NAME NAME',
  '[NAME]',
  '!x NAME',
  '&a NAME',
  'NAME\n  more',
  '|\n  NAME',
  '>-\n  NAME',
  ' NAME ',
  '"NAME "',
  'NAME\uff1ax',
];
const DESCRIPTIONS = [
  'Works.',
  'Works.',
  '"Works."',
  "'It''s work.'",
  'Works: hard',
  'Works, e.g.: a\\nb',
  '"Works\\nhard"',
  'Works # not',
  'It is "quoted" text',
  '"Works" hard',
  '{ a: b',
  '[a',
  '*star',
  '&and',
  '@at',
  '`tick`',
  '%percent',
  '!bang',
  '|\n  Works\n  hard',
  '>\n  Works\n  hard',
  '>-\n  Works\n\n  hard',
  'Works\n  on the next line',
  'Works\nuser: hello',
  'Works\n<example>\nuser: "a"\n</example>',
  '',
  '""',
  'null',
  '3',
  'true',
  '~',
  'Works --- hard',
  '"Works --- hard"',
  'Works\t\ttabs',
  'Ünïcödé ✓',
  'a: b: c',
  "'open",
  '- list',
  '\n  - a\n  - b',
  '2026-01-01',
  'Works - "a": b',
  'Use when: (a) x; (b) y',
  'Works {a} [b]',
  'yes',
  '*ref',
  '? x',
  ': x',
  'x:',
  'x: |',
  '"a" # c',
  "a 'b' c",
  'back\\slash',
  '"bad \\escape"',
  '"tab\there"',
];
const MORE = [
  '',
  '',
  '',
  'tools: Read, Bash',
  'tools: [Read, Bash]',
  'tools:\n  - Read\n  - Bash',
  'tools: Read,\n  Bash',
  'tools: *',
  'tools: "*"',
  'tools:',
  'model: sonnet',
  'model: 3',
  'model: [a]',
  'color: pink',
  'color: #fff',
  'x: 1\nx: 2',
  'description: Again.',
  'name: NAME-again',
  '\tx: 1',
  'x:\n\ty: 1',
  '# comment',
  'x: {a: b}',
  'x: {a: b',
  'x: [a, b',
  'x: "a',
  "x: 'a",
  'x: a: b',
  'x: "a" b',
  '---',
  '--- x',
  '...',
  'x: ---',
  'plain text',
  '- list',
  '? a\n: b',
  '<<: {a: b}',
  'x: *missing',
  'x: &a b\ny: *a',
  'x: !!binary aGk=',
  'x: !tag y',
  'x: |\n  a\n b',
  'x:\n- a\n- b',
  'x: >\n\n  a',
  'maxTurns: x',
  'hooks: x',
  'hooks: { PreToolUse: [{ matcher: Bash }] }',
  'hooks:\n  PreToolUse:\n    - matcher: Bash\n      hooks:\n        - type: command\n          command: "true"',
  'hooks: { PostToolUse: [{ matcher: Bash }] }',
  'PreToolUse: [{}]',
  'mcpServers: x',
  'permissionMode: x',
  'memory: x',
  'skills: [a]',
  'x: 0x1f',
  '"x": 1',
  "'x': 1",
  'x y: 1',
  'x : 1',
  'x:1',
  ': 1',
  'ключ: значение',
  'x: "\\x41"',
  'x: @a',
  'x: `a`',
  'x: %a',
  'x: |',
  'x: |2\n   a',
  'x: >+\n  a\n\n',
];
const FENCES = ['---', '---', '---', '---', '---', '--- ', '----', '---\t', ' ---', '--', '--- yaml', '+++', '```yaml'];
const BEFORE = ['', '', '', '', '', '\n', ' ', '\uFEFF', '# Title\n', '<!-- c -->\n'];
const HAZARDS = [
  ...'"\'\\:#-{}[]&*!|>%@`?~\t ',
  '\n',
  '\r',
  '\u0085',
  '\u2028',
  '\uFEFF',
  '\u00A0',
  '\uD83D\uDE00',
  ' #',
  '- ',
  '---',
  '\n---\n',
  '\n\n',
];

/**
 * A definition of an agent as people and programs spoil it. Its name holds `name`, unless that was spoilt too; `sound` is a
 * line that the platform takes.
 */
export function strangeFile(name: string, draw: Draw, sound: string): string {
  const one = (list: readonly string[]): string => list[draw(list.length)]!;
  // Most of a spoilt file is sound: of two faults only one would be seen.
  const seldom = (list: readonly string[], usual: string): string => (draw(3) === 0 ? one(list) : usual);
  const lines = [
    `name: ${seldom(NAMES, 'NAME')}`,
    `description: ${seldom(DESCRIPTIONS, 'Works.')}`,
    seldom(MORE, ''),
    seldom(MORE, sound),
  ];
  for (const [index, line] of lines.entries()) lines[index] = line.replaceAll('NAME', name);
  if (draw(8) === 0) lines.push(lines.shift()!);
  if (draw(12) === 0) lines.splice(draw(2), 1);
  let header = `${lines.filter((line) => line !== '').join('\n')}\n`;
  for (let left = [0, 0, 0, 0, 0, 1, 2][draw(7)]!; left > 0; left--) {
    const at = draw(header.length);
    header = header.slice(0, at) + one(HAZARDS) + header.slice(at + draw(2));
  }
  const text = `${draw(4) ? '' : one(BEFORE)}${draw(4) ? '---' : one(FENCES)}\n${header}${draw(4) ? '---' : one(FENCES)}\n\nWork as ${name}.\n`;
  return draw(6) === 0 ? text.replaceAll('\n', '\r\n') : text;
}
