import { wordsOf } from '../team/condition.ts';
import type { Role } from '../team/team.ts';
import { below, keyOf, type Place } from '../text/place.ts';
import type { Rule, RuleContext } from './rule.ts';

/** A class of failure that nothing takes goes straight to the user, without anybody having tried. */
export const noCoverage: Rule = {
  id: 'no-coverage',
  summary: 'No step of the ladder and no escalation edge takes a failure class.',
  severity: 'warning',

  check(context) {
    const { team, facts, report } = context;
    if (team.edges.some(({ type, when }) => type === 'escalates-to' && when.length === 0)) return;
    const taken = new Set(team.edges.flatMap(({ type, when }) => (type === 'escalates-to' ? wordsOf(when) : [])));
    for (const [failure, at] of mentions(context)) {
      if (taken.has(failure) || facts.escalation.isTaken(failure)) continue;
      report({
        at,
        message: `No step of the ladder and no role's "escalates-to" takes "${failure}".`,
        related: [{ at: keyOf(below(team.at, 'escalation')), message: 'every step here names other classes' }],
        help: `Add "${failure}" to the "when" of a step, or end the ladder with a step that has no "when".`,
      });
    }
  },
};

/** The classes that the team speaks of without taking them, each with the first place that does. */
function mentions({ team }: RuleContext): ReadonlyMap<string, Place> {
  const asked = team.edges
    .filter(({ type }) => type === 'collaborates-with')
    .flatMap(({ when, at }) => when.map(({ word, steps }) => [word ?? '', below(at, 'when', ...steps)] as const))
    .filter(([word]) => word !== '' && !MOMENTS.has(word));
  const failed = [...team.roles.values()]
    .flatMap(gated)
    .filter(({ gates }) => gates.length > 0)
    .map(({ at }) => ['gate-failed', below(at, 'gate')] as const);
  return new Map([...asked, ...failed].reverse());
}

/** Words that say when in the course of work, not what failed. */
const MOMENTS: ReadonlySet<string> = new Set(['start', 'delegate', 'respond', 'finish']);

/** Everything in a role that may have a gate. */
function gated({ edges, work }: Role): readonly { readonly gates: readonly string[]; readonly at: Place }[] {
  return [
    ...edges,
    ...work.workflow,
    ...work.playbooks.flatMap(({ steps }) => steps),
    ...work.examples.flatMap(({ tasks }) => tasks),
  ];
}
