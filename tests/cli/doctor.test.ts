import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { project, teamc } from './project.ts';

const PAIR = {
  'team.yaml': `teamc: 1
name: pair
entry: lead
targets: { opencode: {}, claude-code: {} }
roles:
  lead: { description: Leads., tools: [], delegates-to: dev }
  dev: { description: Develops., tools: [read] }
`,
};

/** A project with programs that tell a version, or do not. */
function withClients(clients: Readonly<Record<string, string>>): { folder: string; env: Record<string, string> } {
  const folder = project(PAIR);
  mkdirSync(join(folder, 'bin'));
  for (const [name, script] of Object.entries(clients)) {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  }
  return { folder, env: { PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, HOME: folder } };
}

const HEAD = /^teamc \d+\.\d+\.\d+, Node \d+\.\d+\.\d+\n\n/;

test('without any client nothing is wrong', async () => {
  const { folder, env } = withClients({});
  const { code, stdout, stderr } = await teamc(folder, ['doctor'], { env });
  expect([code, stderr, stdout.replace(HEAD, '')]).toEqual([
    0,
    '',
    `- Claude Code  not found here; verified with 2.1.328
- opencode     not found here; verified with 1.18.34
- Roo Code     not found here; verified with 1.115.0 of @roo-code/types
`,
  ]);
});

test('another version is told with what changed between and whom of a built team it touches', async () => {
  const { folder, env } = withClients({ claude: 'echo "2.1.328 (Claude Code)"', opencode: 'echo 1.17.19' });
  mkdirSync(join(folder, '.vscode/extensions/rooveterinaryinc.roo-cline-3.52.1'), { recursive: true });
  mkdirSync(join(folder, '.vscode/extensions/rooveterinaryinc.roo-cline-3.9.0'), { recursive: true });
  const asked = async (): Promise<readonly unknown[]> => {
    const { code, stdout } = await teamc(folder, ['doctor'], { env });
    return [code, stdout.replace(HEAD, '').replaceAll(folder, '~')];
  };
  const text = (built: string): string => `✓ Claude Code  2.1.328, the version that was verified
               ~/bin/claude
! opencode     1.17.19, older than 1.18.34, which was verified; 1 change between that matter
               ~/bin/opencode
${built}               from 1.18.3 on: opencode.json says how deep agents may start each other
                 touches 1 role of pair: lead
! Roo Code     3.52.1; verified with 1.115.0 of @roo-code/types
               ~/.vscode/extensions/rooveterinaryinc.roo-cline-3.52.1
`;
  expect(await asked()).toEqual([0, text('')]);
  await teamc(folder, ['build', '--target', 'opencode']);
  expect(await asked()).toEqual([1, text('               built for it: pair\n')]);
  const { clients } = JSON.parse((await teamc(folder, ['doctor', '--format', 'json'], { env })).stdout) as {
    clients: { target: string; is: string; changes: object[] }[];
  };
  expect(clients.map(({ target, is, changes }) => [target, is, changes.length])).toEqual([
    ['claude-code', 'verified', 0],
    ['opencode', 'older', 1],
    ['roo', 'unknown', 0],
  ]);
});

test('a client that fails, or says something else, is found and not compared', async () => {
  const { folder, env } = withClients({ claude: 'exit 3', opencode: 'echo later' });
  const { code, stdout } = await teamc(folder, ['doctor'], { env });
  expect(code).toBe(0);
  expect(stdout).toContain('! Claude Code  it does not tell its version; verified with 2.1.328\n');
  expect(stdout).toContain('! opencode     it does not tell its version; verified with 1.18.34\n');
});
