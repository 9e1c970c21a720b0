import type { IdleRule } from '../analysis/idle-rules.ts';
import { isBaseLine } from './permission-lists.ts';
import type { Rule, RuleContext } from './rule.ts';
import { takeOutPermission } from './take-out.ts';
import { quoted } from './wording.ts';

/** A rule that says again what holds anyway hides the rules that matter. */
export const redundantPermission: Rule = {
  id: 'redundant-permission',
  summary: 'A permission rule says what would hold without it.',
  severity: 'info',

  check(context) {
    for (const idle of context.facts.idleRules) if (idle.why === 'redundant' && !isMeant(idle)) tell(idle, context);
  },
};

/** A base line says what a list is built on, and a transitive rule also speaks of other roles. */
function isMeant({ entry }: IdleRule): boolean {
  return isBaseLine(entry) || entry.transitive;
}

function tell({ entry, others, readers }: IdleRule, { loaded, report }: RuleContext): void {
  const { tool, pattern, decision, at } = entry;
  const fix = takeOutPermission(entry, loaded);
  const said = { allow: 'allowed', ask: 'asked about', deny: 'denied' }[decision];
  report({
    at,
    ...(readers.length === 1 ? { role: readers[0]!.id } : {}),
    message: `This rule changes nothing: without it, ${tool} ${quoted(pattern)} is ${said} as well${others.length === 0 ? ', as by default' : ''}.`,
    related: others.slice(-1).map((other) => ({ at: other.at, message: `${quoted(other.pattern)} says the same` })),
    help: 'Take it out, or say what is meant to differ.',
    ...(fix ? { fix } : {}),
  });
}
