import type { IdleRule } from '../analysis/idle-rules.ts';
import { enumerate } from '../text/enumerate.ts';
import { areTogether, isBaseLine } from './permission-lists.ts';
import type { Rule, RuleContext } from './rule.ts';
import { takeOutPermission } from './take-out.ts';
import { quoted } from './wording.ts';

/** A rule that never decides is a rule that its author relies on in vain. */
export const shadowedPermission: Rule = {
  id: 'shadowed-permission',
  summary: 'A permission rule never decides anything, because later rules always do.',
  severity: 'warning',

  check(context) {
    for (const idle of context.facts.idleRules) if (idle.why === 'shadowed' && !isOverridden(idle)) tell(idle, context);
  },
};

/** A base line that another list replaces by its own is there for the roles that don't. */
function isOverridden({ entry, others }: IdleRule): boolean {
  return isBaseLine(entry) && others.every((other) => !areTogether(entry, other));
}

function tell({ entry, others, readers }: IdleRule, { loaded, report }: RuleContext): void {
  const { tool, pattern, decision, at } = entry;
  const fix = takeOutPermission(entry, loaded);
  const shadows = enumerate(others.map((other) => quoted(other.pattern)));
  const differs = others.some((other) => other.decision !== decision);
  report({
    at,
    ...(readers.length === 1 ? { role: readers[0]!.id } : {}),
    message: `This rule never decides: whatever ${tool} ${quoted(pattern)} matches, ${shadows} after it ${others.length === 1 ? 'matches' : 'match'} too.`,
    related: others
      .slice(0, MOST_SHOWN)
      .map((other) => ({ at: other.at, message: `the last match wins, and this one says ${other.decision}` })),
    help: differs
      ? `Move it behind ${others.length === 1 ? 'that rule' : 'those rules'} if it is meant to ${decision === 'ask' ? 'ask' : decision}, or take it out.`
      : 'Take it out: nothing changes.',
    ...(fix && !differs ? { fix } : {}),
  });
}

const MOST_SHOWN = 3;
