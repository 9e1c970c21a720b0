import { decide } from '../../src/pattern/decide.ts';
import type { Domain } from '../../src/pattern/domain.ts';
import type { Decision, Policy } from '../../src/pattern/policy.ts';
import { domainOf } from '../../src/target/usable.ts';
import { policyOf } from '../../src/team/policy.ts';
import type { Tool } from '../../src/team/tools.ts';
import { type Random, soak } from '../pattern/brute-force.ts';
import { inDomain, neighbour, plausible, telling } from './arguments.ts';
import { type Agent, byDialect, isRead, nameOf } from './opencode-agents.ts';
import { type Built, claimFor } from './teams.ts';

/** A permission of opencode, the tool whose calls it decides, and how many arguments of each role to draw at most. */
export const ASKED: readonly (readonly [permission: string, tool: Tool | undefined, draws: number])[] = [
  ['bash', 'shell', 300],
  ['edit', 'edit', 240],
  ['read', 'read', 240],
  ['task', 'delegate', 60],
  ['skill', 'skill', 40],
  ['mcp', 'mcp', 40],
  ['webfetch', 'fetch', 40],
  ['websearch', 'web-search', 8],
  ['glob', 'search', 8],
  ['grep', 'search', 8],
  ['question', 'ask-user', 8],
  ['todowrite', 'todo', 8],
  ['external_directory', undefined, 8],
  ['doom_loop', undefined, 8],
  ['lsp', undefined, 8],
];

/** A call, and what it should be: by the emitted rules, and by the team where the lowering is called native. */
export interface Call {
  /** Where the agent stands among the agents. */
  readonly agent: number;
  readonly who: string;
  readonly permission: string;
  readonly argument: string;
  readonly emitted: Decision;
  readonly meant: Decision | undefined;
}

/** Calls of all agents, near the places where the rules of their teams change. */
export function calls(agents: readonly Agent[], chance: Random): readonly Call[] {
  const known = new Map<Built, ReadonlyMap<Tool | undefined, readonly string[]>>();
  return agents.flatMap((agent, at) => {
    if (!isRead(agent)) return [];
    const { build } = agent;
    const seeds = known.get(build) ?? new Map(ASKED.map(([, tool]) => [tool, seedsOf(build, tool)]));
    known.set(build, seeds);
    return ASKED.flatMap(([permission, tool, draws]) => {
      const drawn = draw({ agent, permission, tool, seeds: seeds.get(tool)!, draws: soak(draws) }, chance);
      return drawn.map((call) => ({ agent: at, who: nameOf(agent), ...call }));
    });
  });
}

/** What a role means, opencode's own questions before secrets included where its file keeps them. */
export function meaning({ role, rules }: Agent, tool: Tool): Policy {
  const { lists } = policyOf(role, tool);
  const kept = rules.some(({ permission, pattern }) => permission === 'read' && pattern === '*.env');
  if (tool !== 'read' || !kept) return { lists };
  const secrets = SECRETS.map(([pattern, decision]) => ({ dialect: 'opencode', pattern, decision }) as const);
  return { lists: lists.map((list) => ({ ...list, rules: [...secrets, ...list.rules] })) };
}

const SECRETS = [
  ['*.env', 'ask'],
  ['*.env.*', 'ask'],
  ['*.env.example', 'allow'],
] as const;

/** Where the policies of a team's roles differ from each other. */
function seedsOf({ team, folder }: Built, tool: Tool | undefined): readonly string[] {
  if (tool === undefined) return ['/etc/*', '/tmp/x/*', 'bash', '*', `${folder}/*`];
  const roles = [...team.roles.values()];
  const policies = roles.map((role) => policyOf(role, tool));
  const others = tool === 'delegate' ? [...roles.map(({ id }) => id), 'general', 'explore', 'build'] : [];
  return [...new Set([...telling(policies, domainOf(tool)), ...others])];
}

interface Draw {
  readonly agent: Agent;
  readonly permission: string;
  readonly tool: Tool | undefined;
  readonly seeds: readonly string[];
  readonly draws: number;
}

/** Distinct arguments, fewer of those that are denied, which there are most of. */
function draw(given: Draw, chance: Random): readonly Omit<Call, 'agent' | 'who'>[] {
  const { agent, tool, seeds, draws } = given;
  const domain = tool ? domainOf(tool) : 'any';
  const native = tool !== undefined && claimFor(agent.build.plan, agent.role, tool).level === 'native';
  const meant = native ? meaning(agent, tool) : undefined;
  const drawn = new Map<string, Omit<Call, 'agent' | 'who'>>();
  const left = { allow: draws / 2, ask: draws / 2, deny: draws / 4 };
  for (let at = 0; at < draws * 3 && drawn.size < draws; at += 1) {
    const said = argumentNear(seeds, domain, chance);
    const asked = askedOf(given.permission, said);
    if (drawn.has(said) || asked === undefined) continue;
    const emitted = decide(byDialect(agent.rules, asked.permission), asked.argument).decision;
    if (left[emitted] <= 0) continue;
    left[emitted] -= 1;
    const decision = meant && inDomain(domain, said) ? decide(meant, said).decision : undefined;
    drawn.set(said, { ...asked, emitted, meant: decision });
  }
  return [...drawn.values()];
}

function argumentNear(seeds: readonly string[], domain: Domain, chance: Random): string {
  const seed = seeds[chance(seeds.length)] ?? '';
  const kind = chance(4);
  if (kind === 0) return seed;
  return kind === 1 ? plausible(domain, chance) : neighbour(seed, seeds, chance);
}

/** What opencode asks about a call: a server's tool is a permission of its own, whatever the arguments. */
function askedOf(permission: string, argument: string): { permission: string; argument: string } | undefined {
  if (permission !== 'mcp') return { permission, argument };
  if (!/^[a-z0-9-]+\/[a-z0-9-]+$/i.test(argument)) return undefined;
  return { permission: argument.replace('/', '_'), argument: '*' };
}
