import { type Feature, limits } from '../target/features.ts';
import type { Fidelity } from '../target/target.ts';
import { enumerate } from '../text/enumerate.ts';
import { byReason, ending, placeOf, placesOf, rolesOf } from './carried.ts';
import { platformsOf } from './platforms.ts';
import type { Rule, RuleContext } from './rule.ts';

/** What a platform has no place for is gone, and nothing in its files says so. */
export const featureLost: Rule = {
  id: 'feature-lost',
  summary: 'A platform has nothing for a field that limits roles or leads work to them.',
  severity: 'info',

  check(context) {
    if (context.targets.length === 0) return;
    for (const { target, title } of platformsOf(context)) {
      const lost = context.plan(target).fidelity.filter((one) => one.level === 'lost' && matters(one, context));
      for (const group of byReason(lost, context)) {
        const at = placeOf(group, context);
        const fields = [...new Set(group.said.map(({ feature }) => `"${fieldOf(feature)}"`))];
        context.report({
          at,
          ...(group.said.some(isSerious) ? { severity: 'warning' as const } : {}),
          message: `${title} gets nothing of ${enumerate(fields)} of ${rolesOf(group)}: ${ending(group.because)}.`,
          related: placesOf(group, at).map(({ role, feature, at: place }) => ({
            at: place,
            message: `"${fieldOf(feature)}" of ${role}`,
          })),
          help: `Leave it out for ${title}, or do not rely on it there.`,
        });
      }
    }
  },
};

/** Fields that lead work to a role, or bound it. */
const LEADING: ReadonlySet<string> = new Set([
  'description',
  'when-to-use',
  'proactive',
  'mode',
  'max-turns',
  'escalates-to',
  'ladder',
] satisfies Feature[]);

/** A mode that keeps nobody from starting a role is no loss. */
function matters({ feature, role }: Fidelity, { team }: RuleContext): boolean {
  if (feature === 'mode') return team.roles.get(role)?.fields.mode !== 'all';
  return LEADING.has(feature) || isSerious({ feature });
}

/** What limits a role, and what its author wrote for this very platform. */
function isSerious({ feature }: Pick<Fidelity, 'feature'>): boolean {
  return feature.startsWith('targets.') || limits(feature as Feature);
}

function fieldOf(feature: Fidelity['feature']): string {
  return feature.startsWith('permissions.') ? `permissions: ${feature.slice('permissions.'.length)}` : feature;
}
