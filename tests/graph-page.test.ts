import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lint } from '../src/rules/lint.ts';
import { project, teamc } from './cli/project.ts';
import { loadText } from './memory.ts';
import { blocksOf } from './pages/blocks.ts';

const page = readFileSync('docs/graph.md', 'utf8');
const [, team = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(page) ?? [];
const commands = blocksOf('docs/graph.md').flatMap(({ language, text }) => (language === 'sh' ? [text] : []));

test('the team on the page has no errors', () => {
  expect(lint(loadText(team)).filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('the page shows each format that is text', () => {
  expect(commands.map((line) => line.trim().split(' ').slice(0, 4).join(' '))).toEqual([
    'teamc graph',
    'teamc graph --format dot',
    'teamc graph --format json',
  ]);
});

test('every flag of the page is one of the command, and every one of the command is told', async () => {
  const { stdout } = await teamc(project(), ['graph', '--help']);
  const flags = (text: string): ReadonlySet<string> => new Set(text.match(/--[a-z][a-z-]+/g));
  const own = [...flags(/Options:\n([\s\S]*?)\n\n/.exec(stdout)![1]!)].filter(
    (flag) => !['--help', '--output'].includes(flag),
  );
  expect([...flags(page)].sort()).toEqual(own.sort());
});

test('the picture on the first page is the one that the command draws', async () => {
  const line = 'graph teams/delivery-squad --relations delegates-to,escalates-to --format svg';
  expect((await teamc(process.cwd(), line.split(' '))).stdout).toBe(readFileSync('docs/team.svg', 'utf8'));
});
