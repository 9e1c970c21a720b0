import { matches } from '../pattern/decide.ts';
import { type Decision, type RuleList, rank } from '../pattern/policy.ts';
import type { PermissionEntry } from '../team/permissions.ts';
import { hasTool, policyOf, type ToolPolicy } from '../team/policy.ts';
import { type Edge, type Role, rolesOf } from '../team/team.ts';
import type { TOOLS } from '../team/tools.ts';
import type { Place } from '../text/place.ts';

/**
 * What in a team decided a call: a permission rule, a part of a tool that is granted, or an edge of delegation; or that there is none: the
 * role lacks the tool, has another part of it, has no edge to the role, or no rule of it speaks of the call.
 */
export type Source = 'rule' | 'part' | 'edge' | 'no-tool' | 'other-part' | 'no-edge' | 'default';

/** What a team says of a call, and where. */
export interface Said {
  readonly decision: Decision;
  readonly by: Source;
  /** The pattern that matched; nothing where none did. */
  readonly pattern?: string;
  readonly because?: string;
  /** The role that may instead. */
  readonly instead?: string;
  readonly at: Place;
}

/** What a role's policy for a tool says of one argument. Throws `UnsupportedPattern` as `decide` does. */
export function said(policy: ToolPolicy, argument: string): Said {
  const { role, tool, lists } = policy;
  if (!hasTool(role, tool)) return { decision: 'deny', by: 'no-tool', at: toolsOf(role) };
  const found = lists.map((list, position) => saidIn(list, position, policy, argument));
  const strictest = Math.min(...found.map(({ decision }) => rank(decision)));
  const telling = found.filter(({ decision }) => rank(decision) === strictest);
  return telling.findLast(({ pattern }) => pattern !== undefined) ?? telling[0]!;
}

/** The permission entries that a role's rules for a tool were made of, in their order. */
function entriesOf({ role, tool }: ToolPolicy): readonly PermissionEntry[] {
  return role.rules.filter((entry) => entry.tool === tool);
}

function saidIn(list: RuleList, position: number, policy: ToolPolicy, argument: string): Said {
  const rule = list.rules.findLastIndex(({ dialect, pattern }) => matches(dialect, pattern, argument));
  const ruled = position === policy.lists.length - 1;
  if (rule === -1) return { decision: list.otherwise, ...(ruled ? silence(policy) : elsewhere(policy)) };
  const { pattern, decision } = list.rules[rule]!;
  if (ruled) return { decision, pattern, by: 'rule', ...reasonOf(entriesOf(policy)[rule]!) };
  if (policy.tool === 'delegate') return { decision, pattern, by: 'edge', ...edgeOf(policy.role, rule) };
  return { decision, pattern, by: 'part', at: grantsOf(policy)[rule]!.at };
}

function reasonOf({ because, instead, at }: PermissionEntry): Pick<Said, 'because' | 'instead' | 'at'> {
  return { at, ...(because === undefined ? {} : { because }), ...(instead === undefined ? {} : { instead }) };
}

/** The edge that a rule about delegation follows from: those with an approval come first, as in the policy. */
function edgeOf(role: Role, rule: number): Pick<Said, 'because' | 'at'> {
  const edges = role.edges.filter(({ type }) => type === 'delegates-to');
  const ordered = [...edges.filter(({ approval }) => approval), ...edges.filter(({ approval }) => !approval)];
  const each = ordered.flatMap((edge): readonly Edge[] => rolesOf(edge.to).map(() => edge));
  const { at, because } = each[rule]!;
  return { at, ...(because === undefined ? {} : { because }) };
}

/** No rule speaks of the call: then the tool itself decides. */
function silence({ role, tool }: ToolPolicy): Pick<Said, 'by' | 'at'> {
  return { by: 'default', at: role.grants.find((grant) => grant.tool === tool)?.at ?? toolsOf(role) };
}

/** The role has other parts of the tool, or other edges. */
function elsewhere(policy: ToolPolicy): Pick<Said, 'by' | 'at'> {
  if (policy.tool === 'delegate') return { by: 'no-edge', at: policy.role.place('delegates-to') };
  return { by: 'other-part', at: grantsOf(policy)[0]!.at };
}

function grantsOf({ role, tool }: ToolPolicy): Role['grants'] {
  return role.grants.filter((grant) => grant.tool === tool);
}

function toolsOf(role: Role): Place {
  return role.toolsSaid ? role.place('tools') : role.at;
}

/** Whether a tool's calls name no argument that rules could tell apart. */
export function takesNothing(tool: keyof typeof TOOLS): boolean {
  return tool === 'todo' || tool === 'complete' || tool === 'ask-user';
}

/** What a role says of a call with a tool; see `said`. */
export function saidOf(role: Role, tool: keyof typeof TOOLS, argument: string): Said {
  return said(policyOf(role, tool), argument);
}
