import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lint } from '../src/rules/lint.ts';
import { loadText } from './memory.ts';
import { blocksOf } from './pages/blocks.ts';

const page = readFileSync('docs/permissions.md', 'utf8');
const [, team = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(page) ?? [];
const commands = blocksOf('docs/permissions.md').flatMap(({ language, text }) => (language === 'sh' ? [text] : []));

test('the team on the page has no errors', () => {
  expect(lint(loadText(team)).filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('every command that asks about permissions is on the page', () => {
  expect(['can', 'paths', 'compare'].filter((name) => !commands.some((line) => line.includes(` ${name} `)))).toEqual(
    [],
  );
});
