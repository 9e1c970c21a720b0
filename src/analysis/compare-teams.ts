import type { Verdict } from '../pattern/compare.ts';
import { decide } from '../pattern/decide.ts';
import type { Domain } from '../pattern/domain.ts';
import { UnsupportedPattern } from '../pattern/expression.ts';
import { type Decision, type Policy, rank } from '../pattern/policy.ts';
import type { Role } from '../team/team.ts';
import { TOOLS, type Tool } from '../team/tools.ts';
import { type Cell, type Differences, type PolicyComparer, policyComparer } from './compare-lists.ts';
import type { Said } from './said.ts';

/** The policies of one role and tool; `outside` where paths out of the project are decided by another one. */
export interface SidePolicy {
  readonly policy: Policy;
  readonly outside?: Policy;
}

/** What is said of a call on one side, and by which target if it is a target's side. */
export interface SideSaid extends Said {
  readonly target?: string;
  /** Whether the target decides by a rule of its own, which stands nowhere in the team. */
  readonly own?: boolean;
}

/** One side of a comparison: the team as it is meant, at some time, or as a target makes it. */
export interface Side {
  readonly roles: ReadonlyMap<string, Role>;
  policy(role: Role, tool: Tool): SidePolicy;
  said(role: Role, tool: Tool, argument: string): SideSaid;
}

/** A call that is decided otherwise on the second side, with what decided it on both; nothing where the role is not there. */
export interface Change {
  readonly role: string;
  readonly tool: Tool;
  readonly from: Decision;
  readonly to: Decision;
  readonly witness: string;
  readonly said: readonly [SideSaid | undefined, SideSaid | undefined];
}

/** How the second side relates to the first, and everything that shows it. */
export interface TeamComparison {
  readonly verdict: Verdict;
  /** Role by role, and within a role tool by tool, the strictest beginning first. */
  readonly changes: readonly Change[];
  /** Where a limit was reached, or a pattern has no exact automaton. */
  readonly undecided: readonly { readonly role: string; readonly tool: Tool }[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Compares what each role may do on two sides; roles are matched by id, and a role that is not there may do nothing. Equal pairs of
 * policies are compared once. A call is shown for each way in which a role's tool is decided otherwise, and for each edge.
 */
export function compareTeams(a: Side, b: Side): TeamComparison {
  const ids = [...new Set([...a.roles.keys(), ...b.roles.keys()])];
  const differ = differences(ids);
  const changes: Change[] = [];
  const undecided: { role: string; tool: Tool }[] = [];
  for (const id of ids) {
    for (const tool of Object.keys(TOOLS) as Tool[]) {
      const { cells, complete } = differ(tool, policyIn(a, id, tool), policyIn(b, id, tool));
      changes.push(
        ...cells.map((cell) => ({
          ...cell,
          role: id,
          tool,
          said: [saidIn(a, id, tool, cell), saidIn(b, id, tool, cell)] as const,
        })),
      );
      if (!complete) undecided.push({ role: id, tool });
    }
  }
  return {
    verdict: verdictOf(changes, undecided.length === 0),
    changes,
    undecided,
    added: ids.filter((id) => !a.roles.has(id)),
    removed: ids.filter((id) => !b.roles.has(id)),
  };
}

/** Whether a change lets a role do more than before. */
export function isLooser({ from, to }: Pick<Change, 'from' | 'to'>): boolean {
  return rank(to) > rank(from);
}

const SAME: Differences = { cells: [], complete: true };
const NOTHING: SidePolicy = { policy: { lists: [{ rules: [], otherwise: 'deny' }] } };

function policyIn({ roles, policy }: Side, id: string, tool: Tool): SidePolicy {
  const role = roles.get(id);
  return role ? policy(role, tool) : NOTHING;
}

function saidIn({ roles, said }: Side, id: string, tool: Tool, { witness }: Cell): SideSaid | undefined {
  const role = roles.get(id);
  return role && said(role, tool, witness);
}

function verdictOf(changes: readonly Change[], complete: boolean): Verdict {
  const looser = changes.some(isLooser);
  const stricter = changes.some((change) => !isLooser(change));
  if (looser && stricter) return 'incomparable';
  if (!complete) return 'undecided';
  if (looser) return 'looser';
  return stricter ? 'stricter' : 'equal';
}

/** Finds how two policies differ, and remembers it by what the policies say. */
function differences(ids: readonly string[]): (tool: Tool, a: SidePolicy, b: SidePolicy) => Differences {
  const known = new Map<string, Differences>();
  const compared = policyComparer();
  return (tool, a, b) => {
    const [one, other] = [keyOf(a), keyOf(b)];
    if (one === other) return SAME;
    const key = `${tool}\n${one}\n${other}`;
    const found = known.get(key) ?? differencesOf(tool, a, b, ids, compared);
    known.set(key, found);
    return found;
  };
}

/** Equal for policies that say the same. */
function keyOf({ policy, outside }: SidePolicy): string {
  return JSON.stringify([policy.lists, outside?.lists]);
}

function differencesOf(
  tool: Tool,
  a: SidePolicy,
  b: SidePolicy,
  ids: readonly string[],
  compared: PolicyComparer,
): Differences {
  if (tool === 'delegate') return byName([...namedIn(a), ...namedIn(b)], ids, a, b);
  if (tool === 'switch-role') return byName([], ids, a, b);
  const parts = domainsOf(tool).map((domain) => compared(domain, policyAt(a, domain), policyAt(b, domain)));
  return {
    cells: firstOfEach(parts.flatMap(({ cells }) => cells)).sort(
      (x, y) => rank(x.from) - rank(y.from) || rank(x.to) - rank(y.to),
    ),
    complete: parts.every(({ complete }) => complete),
  };
}

function domainsOf(tool: Tool): readonly Domain[] {
  const dialect = TOOLS[tool];
  return dialect === 'path' ? ['path', 'outside-path'] : [dialect];
}

/** The policy for the arguments of a domain. */
function policyAt({ policy, outside }: SidePolicy, domain: Domain): Policy {
  return domain === 'outside-path' ? (outside ?? policy) : policy;
}

/** Names of roles are few, so each is decided: those that the rules name one by one, of the others the first that shows a difference. */
function byName(named: readonly string[], ids: readonly string[], a: SidePolicy, b: SidePolicy): Differences {
  const explicit = new Set(named);
  const cellOf = (witness: string): readonly Cell[] => {
    const [from, to] = [decide(a.policy, witness).decision, decide(b.policy, witness).decision];
    return from === to ? [] : [{ from, to, witness }];
  };
  try {
    const closed = named.length > 0 && [a, b].every(({ policy }) => policy.lists[0]?.otherwise === 'deny');
    const others = closed ? [] : ids.filter((id) => !explicit.has(id)).flatMap(cellOf);
    return { cells: [...[...explicit].flatMap(cellOf), ...firstOfEach(others)], complete: true };
  } catch (error) {
    if (!(error instanceof UnsupportedPattern)) throw error;
    return { cells: [], complete: false };
  }
}

/** The roles that a policy for delegation names. */
function namedIn({ policy }: SidePolicy): readonly string[] {
  return policy.lists[0]?.otherwise === 'deny' ? policy.lists[0].rules.map(({ pattern }) => pattern) : [];
}

function firstOfEach(cells: readonly Cell[]): Cell[] {
  const first = new Map<string, Cell>();
  for (const cell of cells) if (!first.has(`${cell.from} ${cell.to}`)) first.set(`${cell.from} ${cell.to}`, cell);
  return [...first.values()];
}
