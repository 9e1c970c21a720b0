import { expect, test } from 'vitest';
import { lint } from '../../src/rules/lint.ts';
import { promptTooLong } from '../../src/rules/prompt-too-long.ts';
import { loadText } from '../memory.ts';

function told(roles: number, characters: number, targets: readonly string[] = []): readonly string[] {
  const description = 'x'.repeat(characters);
  const written = Object.fromEntries(Array.from({ length: roles }, (_, at) => [`r${at}`, { description }]));
  const loaded = loadText(JSON.stringify({ teamc: 1, name: 'shop', roles: written, targets: { 'claude-code': {} } }));
  return lint(loaded, { rules: [promptTooLong], targets }).map(({ message }) => message);
}

test('the descriptions of all roles together fit into what Claude Code takes', () => {
  expect(told(60, 1000)).toEqual([]);
  expect(told(60, 1001)).toEqual([
    'The descriptions of all 60 roles take about 15015 tokens (estimated, four characters each); together Claude Code takes 15000.',
  ]);
});

test('a platform without such a limit is not asked', () => {
  expect(told(60, 1001, ['opencode'])).toEqual([]);
});
