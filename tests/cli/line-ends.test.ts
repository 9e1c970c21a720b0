import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project, teamc } from './project.ts';

const TEAM: Readonly<Record<string, string>> = {
  'team.yaml': `teamc: 1
name: pair
targets: { claude-code: {}, opencode: {}, roo: {} }
permissions:
  careful:
    - shell: [{ ask: "*" }, { deny: "git push *", because: people release }]
`,
  'roles/lead.md': `---
description: Plans.
tools: [read]
delegates-to: { role: builder, for: code }   # everybody's
---

Plan first.

- Ask \`builder\` for the rest.
`,
  'roles/builder.md': `---
description: |
  Builds
  and proves.
tools: [read, edit, shell]
permissions: careful
escalates-to: led
---

Build.
`,
};

const windows = (text: string): string => text.replaceAll('\n', '\r\n');

const onWindows = Object.fromEntries(Object.entries(TEAM).map(([path, text]) => [path, windows(text)]));

/** Every file below a folder, but those of git and of teamc itself. */
function below(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(
    paths
      .filter((path) => !path.startsWith('.git'))
      .sort()
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  );
}

test('findings are the same with the line ends of Windows', async () => {
  const [one, other] = [await teamc(project(TEAM), ['lint']), await teamc(project(onWindows), ['lint'])];
  expect(one.stdout).toContain('There is no role "led"');
  expect(other).toEqual(one);
});

test('a team builds the same files whatever its line ends', async () => {
  const files = await Promise.all(
    [TEAM, onWindows].map(async (team) => {
      const folder = project(team);
      await teamc(folder, ['lint', '--fix-unsafe']);
      expect((await teamc(folder, ['build', '--out', 'out', '--quiet'])).code).toBe(0);
      return below(join(folder, 'out'));
    }),
  );
  expect(files[1]).toEqual(files[0]);
  expect(Object.keys(files[0]!).length).toBeGreaterThan(8);
});

test('written files to which git gave the line ends of Windows are what the team says, until a word changes', async () => {
  const folder = project(TEAM);
  await teamc(folder, ['lint', '--fix-unsafe']);
  await teamc(folder, ['build', '--quiet']);
  for (const [path, text] of Object.entries(below(folder)))
    if (!path.startsWith('roles') && path !== 'team.yaml') writeFileSync(join(folder, path), windows(text));
  const before = below(folder);
  expect(await teamc(folder, ['build', '--check', '--quiet'])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect((await teamc(folder, ['build', '--quiet'])).code).toBe(0);
  expect(below(folder)).toEqual(before);

  const lead = join(folder, '.claude/agents/lead.md');
  writeFileSync(lead, readFileSync(lead, 'utf8').replace('Plan first.', 'Plan last.'));
  expect((await teamc(folder, ['build', '--check', '--quiet'])).code).toBe(1);
  writeFileSync(lead, before['.claude/agents/lead.md']!);

  writeFileSync(join(folder, 'roles/lead.md'), TEAM['roles/lead.md']!.replace('Plan first.', 'Plan well.'));
  expect((await teamc(folder, ['build', '--quiet'])).code).toBe(0);
  expect(readFileSync(lead, 'utf8')).toContain('Plan well.');
  expect((await teamc(folder, ['build', '--clean', '--quiet'])).code).toBe(0);
  expect(Object.keys(below(folder)).filter((path) => path.startsWith('.claude/agents'))).toEqual([]);
});

test('what is fixed, renamed and added keeps the line ends of its file', async () => {
  const folder = project(onWindows);
  await teamc(folder, ['lint', '--fix-unsafe']);
  await teamc(folder, ['rename', 'builder', 'maker']);
  const files = below(folder);
  expect(files['roles/maker.md']).toBe(windows(TEAM['roles/builder.md']!.replace('led', 'lead')));
  expect(files['roles/lead.md']).toBe(windows(TEAM['roles/lead.md']!.replaceAll('builder', 'maker')));
});
