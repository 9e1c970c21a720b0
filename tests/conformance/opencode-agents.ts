import { parse } from 'yaml';
import { matches } from '../../src/pattern/decide.ts';
import type { Decision, Policy } from '../../src/pattern/policy.ts';
import type { Role } from '../../src/team/team.ts';
import type { LoadedAgent, Opencode, OracleRule, PermissionBlock } from './opencode-client.ts';
import type { Built } from './teams.ts';

/** An emitted agent, as its file says it and as opencode loaded it. */
export interface Agent {
  readonly build: Built;
  readonly role: Role;
  readonly data: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly loaded: LoadedAgent;
  /** The rules of its file, in the order in which opencode reads them. */
  readonly rules: readonly OracleRule[];
}

/** The roles of a team as opencode loaded them. */
export async function loadedAgents(opencode: Opencode, build: Built): Promise<readonly Agent[]> {
  const all = await opencode.agents(build.folder);
  return [...build.team.roles.values()].map((role) => {
    const { data, body } = emitted(build, role);
    const rules = rulesOf(data['permission'] as PermissionBlock, opencode.home);
    return { build, role, data, body, rules, loaded: all.find(({ name }) => name === role.id)! };
  });
}

/** Whether opencode read an agent's file; one that it cannot read becomes a prompt as a whole, and allows everything. */
export function isRead({ loaded, body }: Agent): boolean {
  return loaded.prompt === body;
}

/** An agent's name among all teams. */
export function nameOf({ build, role }: Agent): string {
  return `${build.team.name}/${role.id}`;
}

/** The file of a role, read by another reader than teamc's own; a key that stands twice is for opencode to refuse. */
function emitted({ plan }: Built, role: Role): Pick<Agent, 'data' | 'body'> {
  const { content } = plan.files.find(({ from }) => from === role.id)!;
  const [, front, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(content)!;
  return { data: parse(front!, { uniqueKeys: false }) as Agent['data'], body: body!.trim() };
}

/** A permission block as a list, as opencode makes one: `~` and `$HOME` are the home folder. */
export function rulesOf(block: PermissionBlock, home: string): readonly OracleRule[] {
  const expanded = (pattern: string): string => pattern.replace(/^(?:~(?=\/|$)|\$HOME)/, home);
  return Object.entries(block).flatMap(([permission, value]): readonly OracleRule[] =>
    typeof value === 'string'
      ? [{ permission, pattern: '*', action: value }]
      : Object.entries(value).map(([pattern, action]): OracleRule => {
          return { permission, pattern: expanded(pattern), action: action as Decision };
        }),
  );
}

/** A rule list by teamc's own reading of opencode. */
export function byDialect(rules: readonly OracleRule[], permission: string): Policy {
  const own = rules.filter((rule) => matches('opencode', rule.permission, permission));
  const asRules = own.map(({ pattern, action }) => ({ dialect: 'opencode', pattern, decision: action }) as const);
  return { lists: [{ otherwise: 'ask', rules: asRules }] };
}
