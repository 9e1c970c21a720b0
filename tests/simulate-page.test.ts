import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lint } from '../src/rules/lint.ts';
import { project, teamc } from './cli/project.ts';
import { loadText } from './memory.ts';

const page = readFileSync('docs/simulate.md', 'utf8');
const [team = '', scenario = ''] = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
const commands = [...page.matchAll(/^```sh\n(.+)\n```\n\n```text\n([\s\S]*?)^```$/gm)].map(
  ([, line = '', output = '']) => ({ line, output }),
);

describe('the page about simulation', () => {
  test('has a team without errors', () => {
    expect(lint(loadText(team)).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test.each(commands)('says what $line prints', async ({ line, output }) => {
    const folder = project({
      'team.yaml': team,
      'scenarios/login.yaml': scenario,
      'next/team.yaml': team.replace('retries: 1', 'retries: 3'),
    });
    const [program, ...words] = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, plain]) => quoted ?? plain ?? '',
    );
    expect(program).toBe('teamc');
    expect(await teamc(folder, words)).toEqual({ code: expect.any(Number), stderr: '', stdout: output });
  });

  test('shows every way to play', () => {
    const shown = ['--runs', '--compare', '--fork', '--exhaustive'].filter((option) =>
      commands.some(({ line }) => line.includes(option)),
    );
    expect(shown).toEqual(['--runs', '--compare', '--fork', '--exhaustive']);
  });
});
