import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lint } from '../src/rules/lint.ts';
import { project, teamc } from './cli/project.ts';
import { loadText } from './memory.ts';

const page = readFileSync('docs/permissions.md', 'utf8');
const [, team = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(page) ?? [];
const commands = [...page.matchAll(/^```sh\n(.+)\n```\n\n```text\n([\s\S]*?)^```$/gm)].map(
  ([, line = '', output = '']) => ({
    line,
    output,
  }),
);

test('the team on the page has no errors', () => {
  expect(lint(loadText(team)).filter(({ severity }) => severity === 'error')).toEqual([]);
});

test.each(commands)('$line prints what the page says', async ({ line, output }) => {
  const folder = project({
    'team.yaml': team,
    'next/team.yaml': team.replace('deny: "npm publish *"', 'ask: "npm publish *"'),
  });
  const [program, ...words] = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  expect(program).toBe('teamc');
  expect(await teamc(folder, words)).toEqual({ code: 0, stderr: '', stdout: output });
});

test('every command that asks about permissions is on the page', () => {
  expect(
    ['can', 'paths', 'compare'].filter((name) => !commands.some(({ line }) => line.includes(` ${name} `))),
  ).toEqual([]);
});
