import { EXECUTORS, type Executor } from '../analysis/executors.ts';
import { overlap } from '../analysis/overlap.ts';
import { decide } from '../pattern/decide.ts';
import type { PermissionEntry } from '../team/permissions.ts';
import { hasTool, policyOf } from '../team/policy.ts';
import type { Role } from '../team/team.ts';
import { enumerate } from '../text/enumerate.ts';
import { entryOf } from './cause.ts';
import type { Rule, RuleContext } from './rule.ts';
import { quoted } from './wording.ts';

/** Rules about commands are worth nothing where another command runs any of them. */
export const universalExecutor: Rule = {
  id: 'universal-executor',
  summary: 'An allowed command runs any other one, past the rules beside it.',
  severity: 'warning',

  check(context) {
    for (const hole of holes(context)) tell(hole, context);
  },
};

/** A rule that allows commands which run any other. */
interface Hole {
  readonly entry: PermissionEntry;
  readonly role: Role;
  readonly commands: Map<string, Executor>;
}

function holes({ facts }: RuleContext): readonly Hole[] {
  const found = new Map<string, Hole>();
  const guarded = facts.roles.filter((role) => role.own && hasTool(role, 'shell') && isGuarded(role));
  for (const [executor, roles] of candidates(guarded)) {
    const answer = facts.authority.own(roles, { tool: 'shell', pattern: executor.pattern }, true);
    for (const role of roles) {
      const call = answer(role);
      if (typeof call !== 'object') continue;
      const entry = entryOf(role, 'shell', decide(policyOf(role, 'shell'), call.witness));
      if (!entry) continue;
      const place = JSON.stringify(entry.at);
      const hole = found.get(place) ?? { entry, role, commands: new Map() };
      found.set(place, hole);
      hole.commands.set(call.witness, executor);
    }
  }
  return [...found.values()];
}

/** Whether something is denied or asked about, and not everything allowed. */
function isGuarded({ rules }: Role): boolean {
  const own = rules.filter(({ tool }) => tool === 'shell');
  const open = own.findLastIndex(({ pattern, decision }) => pattern === '*' && decision === 'allow');
  return open === -1 || own.slice(open).some(({ decision }) => decision !== 'allow');
}

/** The executors that some allowing rule may let through, each with the roles that read such a rule. */
function candidates(roles: readonly Role[]): ReadonlyMap<Executor, readonly Role[]> {
  const readers = new Map<string, Role[]>();
  for (const role of roles) {
    const allowed = role.rules.filter(({ tool, decision }) => tool === 'shell' && decision === 'allow');
    for (const pattern of new Set(allowed.map((entry) => entry.pattern))) {
      const known = readers.get(pattern);
      if (known) known.push(role);
      else readers.set(pattern, [role]);
    }
  }
  const found = new Map<Executor, Set<Role>>();
  for (const [pattern, some] of readers)
    for (const executor of likely(pattern)) {
      const fitting = found.get(executor) ?? new Set();
      found.set(executor, fitting);
      for (const role of some) fitting.add(role);
    }
  return new Map(
    EXECUTORS.flatMap((executor) => {
      const some = found.get(executor);
      return some ? [[executor, roles.filter((role) => some.has(role))] as const] : [];
    }),
  );
}

/** The executors that a pattern may match, as far as its letters show it. */
function likely(pattern: string): readonly Executor[] {
  const program = /^[^\s*?'"\\]+(?=\s|$)/.exec(pattern)?.[0];
  const known = program === undefined ? EXECUTORS : (byProgram.get(program) ?? []);
  return known.filter((executor) => overlap('command', pattern, executor.pattern) !== 'apart');
}

const byProgram = new Map<string, readonly Executor[]>();
for (const executor of EXECUTORS)
  byProgram.set(programOf(executor), [...(byProgram.get(programOf(executor)) ?? []), executor]);

function programOf({ pattern }: Executor): string {
  return pattern.slice(0, pattern.indexOf(' '));
}

function tell({ entry, role, commands }: Hole, { report }: RuleContext): void {
  const [[command, executor], ...others] = [...commands] as [[string, Executor], ...[string, Executor][]];
  const denied = role.rules.findLast(
    ({ tool, decision, pattern }) => tool === 'shell' && decision === 'deny' && pattern !== '*',
  );
  const vain = denied ? `${quoted(denied.pattern)} is denied in vain` : 'what is asked about can run unasked';
  report({
    at: entry.at,
    role: role.id,
    message: `${quoted(entry.pattern)} allows ${role.id} ${quoted(command)}, which ${executor.reason}: ${vain}.`,
    ...(denied
      ? { related: [{ at: denied.at, message: `${role.id} is denied this, and can run it all the same` }] }
      : {}),
    help: `Allow only the commands that are meant, or ask about this one in a later rule.${others.length === 0 ? '' : ` It also allows ${enumerate(others.map(([other]) => quoted(other)))}.`}`,
  });
}
