import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { project, teamc } from './cli/project.ts';

const page = readFileSync('docs/lint.md', 'utf8');
const files = Object.fromEntries(
  [...page.matchAll(/^```(?:yaml|markdown) (\S+)\n([\s\S]*?)^```$/gm)].map(([, path = '', text = '']) => [path, text]),
);
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
