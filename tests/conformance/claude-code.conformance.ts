import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { decide } from '../../src/pattern/decide.ts';
import { policyOf } from '../../src/team/policy.ts';
import { type Role, targets } from '../../src/team/team.ts';
import { type Plan, play, promptOf } from './claude-calls.ts';
import { type ApiRequest, type Block, CLAUDE_CODE, ClaudeCode, type ListedAgent } from './claude-client.ts';
import { forAll } from './claude-scenes.ts';
import { count, folder, gitInit, writeFiles } from './scratch.ts';
import { type Built, built, shippedTeams } from './teams.ts';

/** Agents that the client brings itself. */
const OWN = ['claude', 'Explore', 'general-purpose', 'Plan', 'statusline-setup'];

/** Tools that the client has, but not where nobody sits before it. */
const NOT_IN_PRINT_MODE = new Set(['AskUserQuestion', 'TodoWrite']);

/** Tools that the client adds by itself; no agent file can name them away. */
const HARNESS = new Set(['DeferredToolPlaceholder', 'ToolSearch']);

/** An emitted agent's file, read by another reader than teamc's own. */
interface Emitted {
  readonly build: Built;
  readonly id: string;
  readonly front: {
    readonly name: string;
    readonly description: string;
    readonly tools: readonly string[];
    readonly model?: string;
  };
  readonly body: string;
}

const claude = new ClaudeCode();
const builds = shippedTeams().map((team) => built(team, 'claude-code'));
const agents = builds.flatMap((build) =>
  [...build.team.roles.keys()].map((role): Emitted => {
    const { content } = build.plan.files.find(({ from }) => from === role)!;
    const [, front, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(content)!;
    const data = parse(front!) as Emitted['front'];
    return { build, id: data.name, front: data, body: body!.trim() };
  }),
);

beforeAll(() => claude.trust(builds.map((build) => build.folder)));

/** The tools that a request should hold: in the native build Grep and Glob come with Bash. */
function predicted({ front }: Emitted): readonly string[] {
  const names = front.tools.map((tool) => tool.replace(/\(.*/s, '')).filter((name) => !NOT_IN_PRINT_MODE.has(name));
  const bash = names.includes('Bash');
  return names.filter((name) => !name.startsWith('mcp__') && !(bash && ['Grep', 'Glob'].includes(name))).toSorted();
}

function toolsOf({ tools = [] }: ApiRequest): readonly string[] {
  return tools
    .map(({ name }) => name)
    .filter((name) => !HARNESS.has(name))
    .toSorted();
}

/** Ids as Claude Code writes them. */
function idOf(id: string): string {
  return id.replaceAll('/', '-');
}

/** The role of the main thread, as the emitted settings name it. */
function mainOf({ folder, team }: Built): Role {
  const { agent } = JSON.parse(readFileSync(join(folder, '.claude/settings.json'), 'utf8')) as { agent: string };
  return [...team.roles.values()].find(({ id }) => idOf(id) === agent)!;
}

describe(`Claude Code ${CLAUDE_CODE}`, () => {
  test('is the version that the target was written for', async () => {
    expect(await claude.version()).toBe(CLAUDE_CODE);
  });

  test('lists every role of every team with its description and model, and nothing else', async () => {
    await forAll(builds, async (build) => {
      const listed = (await claude.listed(build.folder)).filter(({ name }) => !OWN.includes(name));
      const expected = agents
        .filter((agent) => agent.build === build)
        .map(
          ({ front: { name, description, model } }): ListedAgent => ({ name, description, ...(model && { model }) }),
        );
      expect(listed.toSorted(byName)).toEqual(expected.toSorted(byName));
    });
    count({ client: `Claude Code ${CLAUDE_CODE}`, counts: { teams: builds.length, agents: agents.length } });
  });

  test('finds nothing wrong with what is emitted, though it would', async () => {
    const empty = folder('empty');
    gitInit(empty);
    const bad = folder('bad');
    gitInit(bad);
    writeFiles(bad, [
      { path: '.claude/settings.json', content: '{"permissions":{"deny":["Bsh(ls)"]}}' },
      { path: '.claude/agents/a.md', content: '---\nname: a\n---\nNo description.\n' },
    ]);
    const nothing = await claude.checks(empty);
    const something = await claude.checks(bad);
    expect(something.doctor).not.toBe(nothing.doctor);
    expect(something.valid).toMatchObject({ success: false });
    await forAll(builds, async (build) => {
      const { doctor, valid } = await claude.checks(build.folder);
      expect(doctor).toBe(nothing.doctor);
      expect(valid).toMatchObject({ success: true });
    });
  });

  test('sends the model exactly the emitted prompt and the tools of a role that is the main thread', async () => {
    const some = builds.flatMap((build) => {
      const own = agents.filter((agent) => agent.build === build);
      return [own.find(({ id }) => id === idOf(mainOf(build).id))!, own.at(-1)!];
    });
    await forAll(some, async (agent) => {
      const [request] = await claude.requests(agent.build.folder, agent.id);
      const who = `${agent.build.team.name}/${agent.id}`;
      expect([who, promptOf(request!)]).toEqual([who, agent.body]);
      expect([who, toolsOf(request!)]).toEqual([who, predicted(agent)]);
    });
    count({ client: `Claude Code ${CLAUDE_CODE}`, counts: { 'main threads': some.length } });
  });

  test('sends it the prompt and tools of every role that is started, then notes of its own', async () => {
    const notes = new Set<string>();
    await forAll(builds, async (build) => {
      const own = agents.filter((agent) => agent.build === build);
      const below = own.map(({ id }): Plan => ({ agent: id, calls: [] }));
      const person = { agent: 'general-purpose', calls: [], below };
      const { began } = await play(claude, build.folder, person, { args: ['--agent', person.agent] });
      for (const [at, agent] of own.entries()) {
        const request = began.get(below[at]!)!;
        const prompt = promptOf(request);
        const who = `${build.team.name}/${agent.id}`;
        expect([who, prompt.slice(0, agent.body.length)]).toEqual([who, agent.body]);
        expect([who, toolsOf(request)]).toEqual([who, predicted(agent)]);
        notes.add(prompt.slice(agent.body.length));
      }
    });
    expect([...notes].filter((text) => !text.startsWith('\n\nMessages from the agent that launched you'))).toEqual([]);
    count({ client: `Claude Code ${CLAUDE_CODE}`, counts: { 'prompts and tool lists': agents.length } });
  });

  test('starts each delegate of the main role with its own prompt and tools, those to approve aside', async () => {
    let started = 0;
    await forAll(builds, async (build) => {
      const main = mainOf(build);
      const others = [...new Set(main.edges.filter(({ type }) => type === 'delegates-to').flatMap(targets))];
      const own = agents.filter((agent) => agent.build === build);
      const mainBody = own.find(({ id }) => id === idOf(main.id))!.body;
      const start = ({ id }: { readonly id: string }): Block => ({
        type: 'tool_use',
        name: 'Agent',
        input: { subagent_type: idOf(id), description: 'a task', prompt: 'Begin.', run_in_background: false },
      });
      const requests = await claude.requests(build.folder, idOf(main.id), ({ system, messages }) =>
        system?.at(-1)?.text === mainBody && messages.every(({ role }) => role !== 'assistant')
          ? others.map(start)
          : [{ type: 'text', text: 'Done.' }],
      );
      for (const { id } of others) {
        const agent = own.find((one) => one.id === idOf(id))!;
        const request = requests.find(({ system }) => system?.at(-1)?.text.startsWith(`${agent.body}\n`));
        const free = decide(policyOf(main, 'delegate'), id).decision === 'allow';
        expect([id, request && toolsOf(request)]).toEqual([id, free ? predicted(agent) : undefined]);
        if (free) started += 1;
      }
    });
    count({ client: `Claude Code ${CLAUDE_CODE}`, counts: { 'delegates started': started } });
  });
});

function byName(a: ListedAgent, b: ListedAgent): number {
  return a.name < b.name ? -1 : 1;
}
