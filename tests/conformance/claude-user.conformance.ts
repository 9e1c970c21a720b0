import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { type Block, ClaudeCode } from './claude-client.ts';
import { count, folder } from './scratch.ts';

const claude = new ClaudeCode();

const TEAM = `teamc: 1
name: everywhere
entry: lead
roles:
  lead: { description: Leads., tools: [read, shell], permissions: { shell: [{ ask: "*" }, { deny: "terraform *" }] }, delegates-to: dev }
  dev: { description: Develops., tools: read }
`;

test('a team built for a user is known in every project, and its guard stands there', async () => {
  const project = folder('user');
  mkdirSync(join(project, 'team'));
  writeFileSync(join(project, 'team/team.yaml'), TEAM);
  const said: string[] = [];
  const sink = { write: (text: string) => said.push(text) };
  const env = { CLAUDE_CONFIG_DIR: join(claude.home, '.claude') };
  const argv = ['build', 'team', '--user'];
  expect([await main(argv, { stdout: sink, stderr: sink, cwd: project, env, isTTY: false }), said.length > 0]).toEqual([
    0,
    true,
  ]);
  const elsewhere = folder('elsewhere');
  const names = (await claude.listed(elsewhere)).map(({ name }) => name);
  expect(names.filter((name) => ['lead', 'dev'].includes(name)).sort()).toEqual(['dev', 'lead']);
  const calls: readonly Block[] = [{ type: 'tool_use', name: 'Bash', input: { command: 'terraform destroy' } }];
  let turn = 0;
  const requests = await claude.requests(elsewhere, 'lead', () =>
    turn++ === 0 ? calls : [{ type: 'text', text: 'Done.' }],
  );
  const heard = JSON.stringify(requests.at(-1)?.messages);
  expect(heard).toContain('teamc: ');
  expect(heard).not.toContain('stand-in terraform');
  count({ client: 'Claude Code 2.1.328', counts: { "a user's teams": 1 } });
});
