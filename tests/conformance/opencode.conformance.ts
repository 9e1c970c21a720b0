import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decide } from '../../src/pattern/decide.ts';
import { findCall } from '../../src/pattern/find.ts';
import { type Decision, decisions } from '../../src/pattern/policy.ts';
import type { Claim } from '../../src/target/target.ts';
import { domainOf } from '../../src/target/usable.ts';
import { hasTool, policyOf } from '../../src/team/policy.ts';
import type { Tool } from '../../src/team/tools.ts';
import { loadText } from '../memory.ts';
import { random, soak } from '../pattern/brute-force.ts';
import { type Agent, byDialect, isRead, loadedAgents, nameOf, rulesOf } from './opencode-agents.ts';
import { ASKED, calls as callsNear, meaning } from './opencode-calls.ts';
import { OPENCODE, Opencode } from './opencode-client.ts';
import { callsOf, randomBlock } from './random-blocks.ts';
import { randomTeam } from './random-team.ts';
import { count } from './scratch.ts';
import { built, claimFor, shippedTeams } from './teams.ts';

/** What a model is shown, by the tool of the language that it comes from. */
const SHOWN: readonly (readonly [id: string, tool: Tool])[] = [
  ['bash', 'shell'],
  ['edit', 'edit'],
  ['write', 'edit'],
  ['apply_patch', 'edit'],
  ['read', 'read'],
  ['glob', 'search'],
  ['grep', 'search'],
  ['task', 'delegate'],
  ['skill', 'skill'],
  ['webfetch', 'fetch'],
  ['websearch', 'web-search'],
  ['question', 'ask-user'],
  ['todowrite', 'todo'],
];

/** What the real opencode once decided otherwise: a team, and calls with the team's answers. */
interface Found {
  readonly found: string;
  readonly roles: Readonly<Record<string, object>>;
  readonly calls: readonly (readonly [role: string, permission: string, argument: string, decision: Decision])[];
}

const FOUND = JSON.parse(
  readFileSync(new URL('fixtures/opencode-found.json', import.meta.url), 'utf8'),
) as readonly Found[];

const FOUND_TEAMS = FOUND.map(({ roles, ...rest }) => ({
  ...rest,
  team: loadText(JSON.stringify({ teamc: 1, name: 'found', roles })).team,
}));

const opencode = new Opencode();
const builds = [
  ...shippedTeams(),
  ...Array.from({ length: soak(3) }, (_, at) => randomTeam(`chance-${at}`, 12, random(at + 1))),
].map((team) => built(team, 'opencode'));
const agents: Agent[] = [];

beforeAll(async () => {
  for (const build of builds) agents.push(...(await loadedAgents(opencode, build)));
});

afterAll(() => opencode.stop());

/** What the lowering claims for the tool behind a permission; other names are those of servers' tools. */
function claimOf({ build, role }: Agent, permission: string): Claim {
  return claimFor(build.plan, role, ASKED.find(([name]) => name === permission)?.[1] ?? 'mcp');
}

/** Whether a role's rules leave any call of a tool that it has. */
function leavesCalls({ role }: Agent, tool: Tool): boolean {
  const wanted = { decisions: ['allow', 'ask'], domain: domainOf(tool) } as const;
  return findCall(policyOf(role, tool), wanted) !== 'none';
}

/** The share of each decision, in percent. */
function shares(decided: readonly Decision[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    decisions.map((decision) => [
      `${decision} %`,
      Math.round((100 * decided.filter((one) => one === decision).length) / decided.length),
    ]),
  );
}

describe(`opencode ${OPENCODE}`, () => {
  test('is the version that the target was written for', async () => {
    expect(await opencode.version()).toBe(OPENCODE);
  });

  test('loads every role of every team, and nothing else', async () => {
    for (const build of builds) {
      const own = (await opencode.agents(build.folder)).filter(({ native }) => !native).map(({ name }) => name);
      expect(own.toSorted()).toEqual([...build.team.roles.keys()].toSorted());
    }
    count({ client: `opencode ${OPENCODE}`, counts: { teams: builds.length, agents: agents.length } });
  });

  test('reads every file: one that it cannot read leaves an agent that may do everything', () => {
    const unread = agents.filter((agent) => !isRead(agent));
    expect(unread.map(nameOf)).toEqual([]);
  });

  test('gives each agent the mode, model, prompt, colour and temperature that its file says', () => {
    for (const { loaded, data, body } of agents.filter(isRead)) {
      const model = loaded.model ? `${loaded.model.providerID}/${loaded.model.modelID}` : undefined;
      expect({ ...loaded, model, permission: undefined }).toMatchObject({
        description: data['description'],
        mode: data['mode'],
        prompt: body,
        options: {},
      });
      expect([model, loaded.color ?? undefined]).toEqual([data['model'], data['color']]);
      expect([loaded.temperature ?? undefined, loaded.steps ?? undefined]).toEqual([
        data['temperature'],
        data['steps'],
      ]);
      expect(loaded.options).toEqual({});
    }
  });

  test('says of each agent what its role says', () => {
    for (const { loaded, role, build } of agents.filter(isRead)) {
      const { temperature, 'max-turns': turns, model, mode, instructions } = role.fields;
      const own = model === undefined ? undefined : (build.team.definition.models?.[model]?.['opencode'] ?? undefined);
      expect(loaded.temperature ?? undefined).toBe(temperature);
      expect(loaded.steps ?? undefined).toBe(turns);
      if (own !== undefined) expect(`${loaded.model?.providerID}/${loaded.model?.modelID}`).toBe(own);
      if (mode !== undefined) expect(loaded.mode).toBe(mode);
      expect(loaded.prompt).toContain((instructions ?? '').trim());
    }
  });

  test('takes the depth of delegation and the first agent from the emitted configuration', async () => {
    for (const build of builds) {
      const said = JSON.parse(readFileSync(join(build.folder, 'opencode.json'), 'utf8')) as Record<string, unknown>;
      const { subagent_depth, default_agent } = await opencode.config(build.folder);
      expect({ subagent_depth, default_agent }).toEqual({
        subagent_depth: said['subagent_depth'],
        default_agent: said['default_agent'],
      });
    }
  });

  test("evaluates each agent's own rules last, in the order of its file", () => {
    for (const { loaded, rules } of agents.filter(isRead)) {
      const own = loaded.permission.slice(-rules.length - 1);
      expect(own.slice(0, -1)).toEqual(rules);
      expect(own.at(-1)).toMatchObject({ permission: 'external_directory', action: 'allow' });
      expect(own[0]).toEqual({ permission: '*', pattern: '*', action: 'deny' });
    }
  });

  test('decides every call as the emitted rules do, and as the team does where that is claimed', async () => {
    const asked = callsNear(agents, random(1));
    const { decisions: answers } = await opencode.decide({
      lists: agents.map(({ loaded }) => loaded.permission),
      configs: [],
      questions: asked.map(({ agent, permission, argument }) => [agent, permission, argument]),
      disabled: [],
    });
    const wrong = asked.flatMap(({ who, permission, argument, emitted, meant }, at) => {
      const theirs = answers[at]!;
      const outside = permission === 'external_directory';
      const agree = (outside || emitted === theirs) && (meant === undefined || meant === theirs);
      return agree ? [] : [{ who, permission, argument, emitted, meant, theirs }];
    });
    const claimed = asked.filter(({ meant }) => meant !== undefined).length;
    count({
      client: `opencode ${OPENCODE}`,
      counts: {
        calls: asked.length,
        ...shares(answers),
        'of them against the team itself': claimed,
        disagreements: wrong.length,
      },
    });

    expect(wrong.slice(0, 20)).toEqual([]);
  });

  test('decides every call of random permission blocks as our reading of its wildcards does', async () => {
    const chance = random(7);
    const blocks = Array.from({ length: soak(300) }, () => randomBlock(chance));
    const asked = blocks.flatMap((block, list) => callsOf(block, 40, chance).map((call) => [list, ...call] as const));
    const answers = await opencode.decide({ lists: [], configs: blocks, questions: asked, disabled: [] });
    const lists = blocks.map((block) => rulesOf(block, opencode.home));
    expect(answers.configs).toEqual(lists);
    const wrong = asked.flatMap(([list, permission, argument], at) => {
      const ours = decide(byDialect(lists[list]!, permission), argument).decision;
      const theirs = answers.decisions[at]!;
      return ours === theirs ? [] : [{ block: blocks[list], permission, argument, ours, theirs }];
    });
    count({
      client: `opencode ${OPENCODE}`,
      counts: { 'calls of random blocks': asked.length, 'disagreements there': wrong.length },
    });
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  test('decides what it once decided otherwise as the team does, or no more is claimed', async () => {
    const own: Agent[] = [];
    for (const { team } of FOUND_TEAMS) own.push(...(await loadedAgents(opencode, built(team, 'opencode'))));
    const asked = FOUND_TEAMS.flatMap(({ team, found, calls }) =>
      calls.map(([id, permission, argument, decision]) => {
        const list = own.findIndex(({ build, role }) => build.team === team && role.id === id);
        return { list, found, permission, argument, decision };
      }),
    );
    const { decisions: answers } = await opencode.decide({
      lists: own.map(({ loaded }) => loaded.permission),
      configs: [],
      questions: asked.map(({ list, permission, argument }) => [list, permission, argument]),
      disabled: [],
    });
    const wrong = asked.flatMap(({ list, found, ...call }, at) => {
      const agent = own[list]!;
      const fine =
        isRead(agent) && (answers[at] === call.decision || claimOf(agent, call.permission).level !== 'native');
      return fine ? [] : [{ found, ...call, theirs: answers[at] }];
    });
    count({
      client: `opencode ${OPENCODE}`,
      counts: { 'calls once decided otherwise': asked.length, 'and still': wrong.length },
    });
    expect(wrong).toEqual([]);
  });

  test('really differs where a claim says so, on the call that it names', async () => {
    const shown = agents.filter(isRead).flatMap((agent) =>
      ASKED.flatMap(([permission, tool]) => {
        if (tool === undefined) return [];
        const because = claimFor(agent.build.plan, agent.role, tool).because ?? '';
        const found = /`(.+)` is (allow|ask|deny) there, (allow|ask|deny) in the team/s.exec(because);
        if (!found) return [];
        const [, argument, there, here] = found as unknown as [string, string, Decision, Decision];
        const meant = decide(meaning(agent, tool), argument).decision;
        return [{ list: agents.indexOf(agent), who: nameOf(agent), permission, argument, there, here, meant }];
      }),
    );
    const { decisions: answers } = await opencode.decide({
      lists: agents.map(({ loaded }) => loaded.permission),
      configs: [],
      questions: shown.map(({ list, permission, argument }) => [list, permission, argument]),
      disabled: [],
    });
    expect(shown.filter(({ there, here, meant }, at) => answers[at] !== there || here !== meant)).toEqual([]);
    count({ client: `opencode ${OPENCODE}`, counts: { 'stated differences confirmed': shown.length } });
  });

  test('hides the tools that a role lacks, and none that it can use', async () => {
    const { disabled } = await opencode.decide({
      lists: agents.map(({ loaded }) => loaded.permission),
      configs: [],
      questions: [],
      disabled: agents.map((_, list) => ({ list, tools: SHOWN.map(([id]) => id) })),
    });
    const wrong = agents.filter(isRead).flatMap((agent) =>
      SHOWN.filter(([id, tool]) => {
        const hidden = disabled[agents.indexOf(agent)]!.includes(id);
        const exact = claimFor(agent.build.plan, agent.role, tool).level === 'native';
        return hasTool(agent.role, tool) ? hidden && exact && leavesCalls(agent, tool) : !hidden;
      }).map(([id]) => `${nameOf(agent)} ${id}`),
    );
    expect(wrong).toEqual([]);
  });
});
