import { expect, test } from 'vitest';
import { readingsOf } from '../../src/target/platforms/opencode-commands.ts';

/** What opencode 1.18.34 was seen to ask its rules about, line by line; the conformance suite calls the client itself. */
const SEEN: readonly (readonly [line: string, ...asked: readonly string[]])[] = [
  ['time terraform x', 'time terraform x'],
  ['! terraform x', 'terraform x'],
  ['true && ! terraform x', 'true', 'terraform x'],
  ['echo a # && terraform x', 'echo a'],
  ['echo a#b', 'echo a#b'],
  ['echo "a # b" && ls', 'echo "a # b"', 'ls'],
  ['function f { npm test; }', 'npm test'],
  ['export X=1'],
  ['export X=$(npm test)', 'npm test'],
  ['X=1 Y=2'],
  ['> file'],
  ['true; > file', 'true'],
  ['> file terraform x', '> file terraform x'],
  ['2>&1 terraform x', '2>&1 terraform x'],
  ['FOO=1 git push', 'FOO=1 git push'],
  ['cd x && git push', 'git push'],
  ['(command terraform x)', 'command terraform x'],
  ['(command -v x; x)', 'command -v x', 'x'],
  ['A=$(npm test) npm run y', 'npm test', 'A=$(npm test) npm run y'],
  ['(A=1 B="$(npm test)" npm run y)', 'npm test', 'A=1 B="$(npm test)" npm run y'],
];

test.each(SEEN)('%s', (line, ...asked) => {
  expect(readingsOf(line)).toEqual(asked);
});
