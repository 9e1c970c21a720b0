import { idsOf } from '../target/compile.ts';
import { nameKey, takenName } from '../target/names.ts';
import type { Manifest } from '../target/target.ts';
import type { Role } from '../team/team.ts';
import { keyOf } from '../text/place.ts';
import { platformsOf, targetNamed } from './platforms.ts';
import type { Rule, RuleContext } from './rule.ts';

/** Of two agents with one name a platform keeps one, and does not say which. */
export const nameCollision: Rule = {
  id: 'name-collision',
  summary: 'A platform takes two names for one.',
  severity: 'error',

  check(context) {
    if (context.targets.length === 0) return;
    for (const platform of platformsOf(context)) {
      const colliding = context.plan(platform.target).problems.filter(({ rule }) => rule === 'name-collision');
      for (const { rule: _, severity: __, ...finding } of colliding) context.report(finding);
      const idOf = idsOf(context.team, targetNamed(platform.target, context));
      reportLookalikes(platform, idOf, new Set(colliding.map(({ role }) => role)), context);
      reportTaken(platform, idOf, context);
    }
  },
};

type IdOf = (role: Role) => string;

/** Tells of names that a platform writes apart, and takes for one when it looks for whom to start. */
function reportLookalikes(
  { target, title }: Manifest,
  idOf: IdOf,
  told: ReadonlySet<string | undefined>,
  { facts, report }: RuleContext,
): void {
  const first = new Map<string, Role>();
  for (const role of facts.roles) {
    const key = nameKey(target, idOf(role));
    const other = first.get(key);
    if (!other) first.set(key, role);
    if (!other || told.has(role.id)) continue;
    report({
      at: keyOf(role.at),
      role: role.id,
      message: `${title} does not tell ${idOf(role)} from ${idOf(other)} when it is asked to start one of them.`,
      related: [{ at: keyOf(other.at), message: `${other.id} stands here` }],
      help: 'Give one of them a name that differs in more than case and separators.',
    });
  }
}

/** Tells of names that a platform uses itself. */
function reportTaken({ target, title }: Manifest, idOf: IdOf, { facts, report }: RuleContext): void {
  for (const role of facts.roles) {
    const found = role.own ? takenName(target, idOf(role)) : undefined;
    if (!found) continue;
    report({
      at: keyOf(role.at),
      role: role.id,
      severity: found.needed ? 'error' : 'info',
      message: `${title} has something called "${found.name}" of its own: ${found.because}.`,
      help: 'Give the role another id, unless that is what is wanted.',
    });
  }
}
