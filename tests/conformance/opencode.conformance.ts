import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { decide, matches } from '../../src/pattern/decide.ts';
import type { Domain } from '../../src/pattern/domain.ts';
import { type Decision, decisions, type Policy } from '../../src/pattern/policy.ts';
import type { Claim } from '../../src/target/target.ts';
import { domainOf, usable } from '../../src/target/usable.ts';
import { policyOf } from '../../src/team/policy.ts';
import type { Role } from '../../src/team/team.ts';
import type { Tool } from '../../src/team/tools.ts';
import { loadText } from '../memory.ts';
import { type Random, random, soak } from '../pattern/brute-force.ts';
import { inDomain, neighbour, plausible, telling } from './arguments.ts';
import { type LoadedAgent, OPENCODE, Opencode, type OracleRule, type PermissionBlock } from './opencode-client.ts';
import { callsOf, randomBlock } from './random-blocks.ts';
import { randomTeam } from './random-team.ts';
import { count } from './scratch.ts';
import { type Built, built, claimFor, shippedTeams } from './teams.ts';

/** A permission of opencode, the tool whose calls it decides, and how many arguments of each role to draw. */
const ASKED: readonly (readonly [permission: string, tool: Tool | undefined, draws: number])[] = [
  ['bash', 'shell', 300],
  ['edit', 'edit', 240],
  ['read', 'read', 240],
  ['task', 'delegate', 60],
  ['skill', 'skill', 30],
  ['webfetch', 'fetch', 15],
  ['websearch', 'web-search', 5],
  ['glob', 'search', 5],
  ['grep', 'search', 5],
  ['question', 'ask-user', 5],
  ['todowrite', 'todo', 5],
  ['external_directory', undefined, 5],
  ['doom_loop', undefined, 5],
  ['lsp', undefined, 5],
];

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

/** A call, and what it should be: by the emitted rules, and by the team where the lowering is called native. */
interface Question {
  readonly agent: number;
  readonly who: string;
  readonly permission: string;
  readonly argument: string;
  readonly emitted: Decision;
  readonly meant: Decision | undefined;
}

/** An emitted agent, as its file says it and as opencode loaded it. */
interface Agent {
  readonly build: Built;
  readonly role: Role;
  readonly data: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly loaded: LoadedAgent;
  /** The rules of its file, in the order in which opencode reads them. */
  readonly rules: readonly OracleRule[];
}

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
  for (const build of builds) agents.push(...(await loadedAgents(build)));
});

/** The roles of a team as opencode loaded them. */
async function loadedAgents(build: Built): Promise<readonly Agent[]> {
  const all = await opencode.agents(build.folder);
  return [...build.team.roles.values()].map((role) => {
    const { data, body } = emitted(build, role);
    const rules = rulesOf(data['permission'] as PermissionBlock);
    return { build, role, data, body, rules, loaded: all.find(({ name }) => name === role.id)! };
  });
}

/** What the lowering claims for the tool behind a permission; other names are those of servers' tools. */
function claimOf({ build, role }: Agent, permission: string): Claim {
  return claimFor(build.plan, role, ASKED.find(([name]) => name === permission)?.[1] ?? 'mcp');
}

afterAll(() => opencode.stop());

/** The file of a role, read by another reader than teamc's own. */
function emitted({ plan }: Built, role: Role): Pick<Agent, 'data' | 'body'> {
  const { content } = plan.files.find(({ from }) => from === role.id)!;
  const [, front, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(content)!;
  return { data: parse(front!, { uniqueKeys: false }) as Agent['data'], body: body!.trim() };
}

/** A permission block as a list, as opencode makes one: `~` is the home folder. */
function rulesOf(block: PermissionBlock): readonly OracleRule[] {
  const home = (pattern: string): string => pattern.replace(/^(?:~(?=\/|$)|\$HOME)/, opencode.home);
  return Object.entries(block).flatMap(([permission, value]): readonly OracleRule[] =>
    typeof value === 'string'
      ? [{ permission, pattern: '*', action: value }]
      : Object.entries(value).map(([pattern, action]) => ({ permission, pattern: home(pattern), action })),
  );
}

/** A rule list by teamc's own reading of opencode. */
function byDialect(rules: readonly OracleRule[], permission: string): Policy {
  const own = rules.filter((rule) => matches('opencode', rule.permission, permission));
  return {
    lists: [
      {
        otherwise: 'ask',
        rules: own.map(({ pattern, action }) => ({ dialect: 'opencode', pattern, decision: action })),
      },
    ],
  };
}

/** What a role means, opencode's own questions before secrets included where its file keeps them. */
function meaning({ role, rules }: Agent, tool: Tool): Policy {
  const { lists } = policyOf(role, tool);
  if (tool !== 'read' || !rules.some(({ permission, pattern }) => permission === 'read' && pattern === '*.env'))
    return { lists };
  const secrets = (
    [
      ['*.env', 'ask'],
      ['*.env.*', 'ask'],
      ['*.env.example', 'allow'],
    ] as const
  ).map(([pattern, decision]) => ({ dialect: 'opencode', pattern, decision }) as const);
  return { lists: lists.map((list) => ({ ...list, rules: [...secrets, ...list.rules] })) };
}

/** Distinct arguments, fewer of those that are denied, which there are most of. */
function draw(
  { seeds, domain, draws }: { seeds: readonly string[]; domain: Domain; draws: number },
  decision: (argument: string) => Decision,
  chance: Random,
): readonly (readonly [argument: string, decision: Decision])[] {
  const drawn = new Map<string, Decision>();
  const left = { allow: draws / 3, ask: draws / 2, deny: draws / 6 };
  for (let at = 0; at < draws * 3 && drawn.size < draws; at += 1) {
    const seed = seeds[chance(seeds.length)] ?? '';
    const kind = chance(4);
    const argument = kind === 0 ? seed : kind === 1 ? plausible(domain, chance) : neighbour(seed, seeds, chance);
    const decided = decision(argument);
    if (drawn.has(argument) || left[decided] <= 0) continue;
    drawn.set(argument, decided);
    left[decided] -= 1;
  }
  return [...drawn];
}

/** Where the policies of a team's roles differ from each other, for every tool. */
function seedsOf(build: Built, tool: Tool | undefined): readonly string[] {
  const roles = [...build.team.roles.values()];
  if (tool === undefined) return ['/etc/*', '/tmp/x/*', 'bash', '*', `${build.folder}/*`];
  const others = tool === 'delegate' ? [...roles.map(({ id }) => id), 'general', 'explore', 'build'] : [];
  const told = telling(
    roles.map((role) => policyOf(role, tool)),
    domainOf(tool),
  );
  return [...new Set([...told, ...others])];
}

function questions(chance: Random): readonly Question[] {
  const seeds = new Map(
    builds.map((build) => [build, new Map(ASKED.map(([, tool]) => [tool, seedsOf(build, tool)]))] as const),
  );
  return agents.flatMap((agent, at) =>
    !isRead(agent)
      ? []
      : ASKED.flatMap(([permission, tool, draws]) => {
          const domain = tool ? domainOf(tool) : 'any';
          const rules = byDialect(agent.rules, permission);
          const given = { seeds: seeds.get(agent.build)!.get(tool)!, domain, draws: soak(draws) };
          const drawn = draw(given, (argument) => decide(rules, argument).decision, chance);
          const native = tool !== undefined && claimFor(agent.build.plan, agent.role, tool).level === 'native';
          const meant = native ? meaning(agent, tool) : undefined;
          return drawn.map(([argument, emitted]) => ({
            agent: at,
            who: nameOf(agent),
            permission,
            argument,
            emitted,
            meant: meant && inDomain(domain, argument) ? decide(meant, argument).decision : undefined,
          }));
        }),
  );
}

/** Whether opencode read an agent's file; one that it cannot read becomes a prompt as a whole, and allows everything. */
function isRead({ loaded, body }: Agent): boolean {
  return loaded.prompt === body;
}

/** An agent's name among all teams. */
function nameOf({ build, role }: Agent): string {
  return `${build.team.name}/${role.id}`;
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
    const asked = questions(random(1));
    const { decisions: answers } = await opencode.decide({
      lists: agents.map(({ loaded }) => loaded.permission),
      configs: [],
      questions: asked.map(({ agent, permission, argument }) => [agent, permission, argument]),
      disabled: [],
    });
    const wrong = asked.flatMap((question, at) => {
      const { who, permission, argument, emitted, meant } = question;
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
    if (process.env['W']) (await import('node:fs')).writeFileSync('/tmp/cf/wrong.json', JSON.stringify(wrong));
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  test('decides every call of random permission blocks as our reading of its wildcards does', async () => {
    const chance = random(7);
    const blocks = Array.from({ length: soak(300) }, () => randomBlock(chance));
    const asked = blocks.flatMap((block, list) => callsOf(block, 40, chance).map((call) => [list, ...call] as const));
    const answers = await opencode.decide({ lists: [], configs: blocks, questions: asked, disabled: [] });
    const lists = blocks.map(rulesOf);
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
    for (const { team } of FOUND_TEAMS) own.push(...(await loadedAgents(built(team, 'opencode'))));
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

  test('hides a tool from an agent exactly where its role can use none of it', async () => {
    const { disabled } = await opencode.decide({
      lists: agents.map(({ loaded }) => loaded.permission),
      configs: [],
      questions: [],
      disabled: agents.map((_, list) => ({ list, tools: SHOWN.map(([id]) => id) })),
    });
    const wrong = agents
      .filter(isRead)
      .flatMap((agent) =>
        SHOWN.filter(([id, tool]) => disabled[agents.indexOf(agent)]!.includes(id) === usable(agent.role, tool)).map(
          ([id]) => `${nameOf(agent)} ${id}`,
        ),
      );
    expect(wrong).toEqual([]);
  });
});
