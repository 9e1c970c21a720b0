import type { Related } from '../diagnostic/diagnostic.ts';
import { decide, matches, type Ruling } from '../pattern/decide.ts';
import type { Decision } from '../pattern/policy.ts';
import type { PermissionEntry } from '../team/permissions.ts';
import { policyOf } from '../team/policy.ts';
import type { Role } from '../team/team.ts';
import { TOOLS, type Tool } from '../team/tools.ts';

/** The rule of a role that a ruling comes from; none where no rule decided. */
export function entryOf(role: Role, tool: Tool, { list, rule }: Ruling): PermissionEntry | undefined {
  const isLast = list === policyOf(role, tool).lists.length - 1;
  return isLast && rule !== undefined ? role.rules.filter((entry) => entry.tool === tool)[rule] : undefined;
}

/** The place that shows why a call is decided as it is: a rule, or what gives the tool where no rule speaks of the call. */
export function causeOf(role: Role, tool: Tool, argument: string): readonly Related[] {
  const ruling = decide(policyOf(role, tool), argument);
  const entry = entryOf(role, tool, ruling);
  if (entry) return [{ at: entry.at, message: `this rule of ${role.id} ${SAYS[ruling.decision]}` }];
  const grant = role.grants.find(
    (one) => one.tool === tool && (one.pattern === undefined || matches(TOOLS[tool], one.pattern, argument)),
  );
  if (!grant) return [];
  return [{ at: grant.at, message: `${role.id} has ${tool} from here, and no rule of its own speaks of this call` }];
}

const SAYS: Readonly<Record<Decision, string>> = { allow: 'allows it', ask: 'asks', deny: 'denies it' };
