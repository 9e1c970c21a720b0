import { isConditional } from '../analysis/routing.ts';
import { usable } from '../target/usable.ts';
import type { Role } from '../team/team.ts';
import type { Rule, RuleContext } from './rule.ts';

/** Work that must be handed on and fits nobody is done by a role that was told not to do it, or by nobody. */
export const uncoveredRequest: Rule = {
  id: 'uncovered-request',
  summary: 'A role must hand its work on, and nobody gets what fits none of its delegations.',
  severity: 'warning',

  check(context) {
    for (const role of context.team.roles.values())
      if (role.own && role.fields.delegation?.mandatory === true) checkFallback(role, context);
  },
};

function checkFallback(role: Role, { report }: RuleContext): void {
  const edges = role.edges.filter(({ type }) => type === 'delegates-to');
  const last = edges.at(-1);
  if (!last || edges.some((edge) => !isConditional(edge)) || ACTING.some((tool) => usable(role, tool))) return;
  report({
    at: role.place('delegation', 'mandatory'),
    role: role.id,
    message: `${role.id} must hand its work on, but a request that fits ${edges.length === 1 ? 'not its only delegation' : `none of its ${edges.length} delegations`} has nobody to go to.`,
    related: [
      {
        at: last.at,
        message: `${edges.length === 1 ? 'it' : 'the last one'} has conditions${edges.length === 1 ? '' : ', as all others'}`,
      },
    ],
    help: 'Add a delegation without "when" and "keywords" for everything else, or leave "mandatory" out.',
  });
}

/** With any of these a role can do itself what fits nobody: only what fits an edge must be handed on. */
const ACTING = ['edit', 'shell', 'notebook', 'browser', 'mcp'] as const;
