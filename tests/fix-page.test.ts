import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { project, teamc } from './cli/project.ts';

const page = readFileSync('docs/lint.md', 'utf8');
const files = Object.fromEntries(
  [...page.matchAll(/^```(?:yaml|markdown) (\S+)\n([\s\S]*?)^```$/gm)].map(([, path = '', text = '']) => [path, text]),
);
const commands = [...page.matchAll(/^```sh\n(.+)\n```\n\n```text\n([\s\S]*?)^```$/gm)].map(
  ([, line = '', output = '']) => ({ line, output }),
);

test('the page shows a fix and a baseline', () => {
  expect(commands.map(({ line }) => /--[\w-]+/.exec(line)?.[0])).toEqual(['--fix', '--baseline']);
});

test.each(commands)('$line prints what the page says', async ({ line, output }) => {
  const { stdout } = await teamc(project(files), line.split(' ').slice(1));
  expect(stdout).toBe(output);
});

test('the ignore on the page excuses the finding, and the settings are understood', async () => {
  const ignore = /^ {2}(# teamc-ignore .*)$/m.exec(page)?.[1] ?? '';
  const settings = /^(lint:\n[\s\S]*?)^```$/m.exec(page)?.[1] ?? '';
  const folder = project({
    ...files,
    'team.yaml': files['team.yaml'] + settings,
    'roles/lead.md': (files['roles/lead.md'] ?? '').replace('  - role: tester', `  ${ignore}\n  - role: tester`),
    'roles/builder.md': (files['roles/builder.md'] ?? '').replace('leda', 'lead'),
  });
  const { stdout } = await teamc(folder, ['lint', '--fix', '--format', 'json']);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { rule: string }[] };
  expect(diagnostics.map(({ rule }) => rule).filter((rule) => /^(?:un|schema)/.test(rule))).toEqual([]);
});
