import { join } from 'node:path';
import type { Role, Team } from '../../src/team/team.ts';
import type { Plan } from './claude-calls.ts';
import type { ClaudeCode, SessionOptions } from './claude-client.ts';
import {
  bash,
  builderCalls,
  crew,
  criticCalls,
  fewCalls,
  leadCalls,
  opsCalls,
  read,
  STRANGERS,
  start,
  testerCalls,
  writerCalls,
} from './claude-crew.ts';
import { type Stage, shippedPlan, stage } from './claude-scenes.ts';
import { folder, writeFiles } from './scratch.ts';
import { shippedTeams } from './teams.ts';

/** A session that is played: on which stage, what is done, and how each call should be predicted. */
export interface Scripted {
  readonly stage: Stage;
  readonly plan: Plan;
  readonly options?: SessionOptions;
  /** Whether the settings count, so that the team's own meaning is to come out. */
  readonly exact: boolean;
}

/** Ids as Claude Code writes them. */
export function idOf(id: string): string {
  return id.replaceAll('/', '-');
}

export function roleOf({ roles }: Team, agent: string): Role {
  const name = agent.replace(/^.*:/, '');
  return [...roles.values()].find(({ id }) => idOf(id) === name)!;
}

/** A server whose tools answer without doing anything. */
function serverOptions(): SessionOptions {
  const at = folder('server');
  const db = join(at, 'db.mjs');
  const config = join(at, 'mcp.json');
  writeFiles(at, [
    { path: 'db.mjs', content: SERVER },
    {
      path: 'mcp.json',
      content: JSON.stringify({ mcpServers: { 'ledger 2.0': { command: process.execPath, args: [db] } } }),
    },
  ]);
  return { args: ['--mcp-config', config] };
}

const SERVER = `import { createInterface } from 'node:readline';
const inputSchema = { type: 'object', properties: {} };
const tools = ['query', 'drop', 'explain'].map((name) => ({ name, description: name, inputSchema }));
const answers = {
  initialize: ({ protocolVersion }) => ({ protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'ledger 2.0', version: '1' } }),
  'tools/list': () => ({ tools }),
  'tools/call': () => ({ content: [{ type: 'text', text: 'rows' }] }),
};
for await (const line of createInterface(process.stdin)) {
  const { id, method, params } = JSON.parse(line);
  if (id !== undefined) console.log(JSON.stringify({ jsonrpc: '2.0', id, result: answers[method]?.(params) ?? {} }));
}
`;

/** The crew with all its depths; then single roles as the main thread, in an untrusted folder, and as a plugin. */
export function crewSessions(claude: ClaudeCode): readonly Scripted[] {
  const own = stage(claude, crew());
  const at = own.scene.project;
  const alone = stage(claude, crew());
  const there = alone.scene.project;
  const untrusted = stage(claude, crew(), { untrusted: true });
  const plugin = stage(claude, crew(), { plugin: true, untrusted: true });
  const critic = (project: string, name = 'critic'): Plan => ({ agent: name, calls: criticCalls(project) });
  const deep: Plan = { agent: 'tester', calls: testerCalls(at), below: [critic(at)] };
  const strangers = STRANGERS.map(start);
  const few = (project: string, prefix = ''): Plan => ({
    agent: `${prefix}lead`,
    calls: [...['git status', 'git push', 'ls', 'git log | cat'].map(bash), read(`${project}/.env`), ...strangers],
    below: [
      {
        agent: `${prefix}builder`,
        calls: [...fewCalls(project), start('tester'), start(`${prefix}lead`), start('Explore')],
        below: [
          {
            agent: `${prefix}tester`,
            calls: testerCalls(project).slice(0, 14),
            below: [critic(project, `${prefix}critic`)],
          },
        ],
      },
    ],
  });
  const options = serverOptions();
  const withAgent = (name: string): SessionOptions => ({ args: [...options.args!, '--agent', name] });
  return [
    {
      stage: own,
      plan: {
        agent: 'lead',
        calls: leadCalls(at),
        below: [
          { agent: 'builder', calls: builderCalls(at), below: [deep] },
          { agent: 'writer', calls: writerCalls(at) },
        ],
      },
      options,
      exact: true,
    },
    {
      stage: alone,
      plan: {
        agent: 'builder',
        calls: [...fewCalls(there), ...['lead', 'ops', 'writer', 'critic'].map(start), ...strangers],
      },
      options: withAgent('builder'),
      exact: true,
    },
    { stage: alone, plan: { agent: 'ops', calls: opsCalls(there) }, options: withAgent('ops'), exact: true },
    { stage: untrusted, plan: few(untrusted.scene.project), options, exact: false },
    {
      stage: plugin,
      plan: few(plugin.scene.project, 'crew:'),
      options: withAgent('lead'),
      exact: false,
    },
  ];
}

/** Two shipped teams, their main role and some of those that it starts. */
export function shippedSessions(claude: ClaudeCode): readonly Scripted[] {
  return shippedTeams()
    .filter(({ name }) => ['delivery-squad', 'backend-guild'].includes(name))
    .map((team) => {
      const set = stage(claude, team);
      return { stage: set, plan: shippedPlan(set, team.entries[0]!, idOf), exact: true };
    });
}
