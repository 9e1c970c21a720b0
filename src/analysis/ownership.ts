import type { Domain } from '../pattern/domain.ts';
import { UnsupportedPattern } from '../pattern/expression.ts';
import { findCall } from '../pattern/find.ts';
import { items } from '../team/items.ts';
import { policyOf, type ToolPolicy } from '../team/policy.ts';
import type { Role } from '../team/team.ts';
import type { Place } from '../text/place.ts';
import { PathIndex } from './path-index.ts';

/** A path pattern that a role says it owns. */
export interface Ownership {
  readonly role: Role;
  readonly pattern: string;
  readonly exclusive: boolean;
  readonly at: Place;
}

/** What all roles say they own, in their order. */
export function ownershipsOf(roles: readonly Role[]): readonly Ownership[] {
  return roles.flatMap((role) =>
    items(role.fields.owns).map(({ item, steps }) =>
      typeof item === 'string'
        ? { role, pattern: item, exclusive: false, at: role.place('owns', ...steps) }
        : {
            role,
            pattern: item.path,
            exclusive: item.exclusive === true,
            at: role.place('owns', ...steps, 'path'),
          },
    ),
  );
}

/** A path that two patterns match; nothing where there is none, or where that could not be found out. */
export function sharedPath(one: string, other: string): string | undefined {
  const within = [one, other].map((pattern) => ({ dialect: 'path', pattern }) as const);
  try {
    for (const domain of domainsOf(one)) {
      const found = findCall({ lists: [] }, { within, decisions: ['allow'], domain });
      if (typeof found === 'object') return found.witness;
    }
  } catch (error) {
    if (!(error instanceof UnsupportedPattern)) throw error;
  }
  return undefined;
}

function domainsOf(pattern: string): readonly Domain[] {
  return pattern === '*' || /^[/~]/.test(pattern) ? ['path', 'outside-path'] : ['path'];
}

/** Roles that share one policy for edits. */
export interface Editors {
  readonly policy: ToolPolicy;
  readonly roles: readonly Role[];
}

/** Finds who might edit some path of a pattern, without asking every role: the policies still have to be asked. */
export function editorsOf(roles: readonly Role[]): (pattern: string) => readonly Editors[] {
  const groups = new Map<string, { policy: ToolPolicy; roles: Role[] }>();
  for (const role of roles) {
    const policy = policyOf(role, 'edit');
    const key = JSON.stringify(policy.lists);
    const group = groups.get(key);
    if (group) group.roles.push(role);
    else groups.set(key, { policy, roles: [role] });
  }
  const everywhere: Editors[] = [];
  const somewhere = new PathIndex<Editors>();
  for (const group of groups.values()) {
    const open = openPatterns(group.policy);
    if (open === 'all') everywhere.push(group);
    else for (const pattern of open) somewhere.add(pattern, group);
  }
  return (pattern) => [...new Set([...everywhere, ...somewhere.near(pattern)])];
}

/** Patterns that hold every path that a policy might not deny. */
function openPatterns({ lists }: ToolPolicy): readonly string[] | 'all' {
  for (const { rules, otherwise } of lists) {
    const last = rules.findLastIndex(({ pattern }) => pattern === '*');
    const base = last === -1 ? otherwise : rules[last]!.decision;
    if (base === 'deny')
      return rules
        .slice(last + 1)
        .filter(({ decision }) => decision !== 'deny')
        .map(({ pattern }) => pattern);
  }
  return 'all';
}
