import type { PatternRule, Policy } from '../../pattern/policy.ts';
import { policyOf } from '../../team/policy.ts';
import type { Role } from '../../team/team.ts';
import type { Tool } from '../../team/tools.ts';
import { json } from '../render.ts';
import type { Enforced } from '../target.ts';
import { map } from './opencode-entries.ts';
import type { WildcardRule } from './opencode-paths.ts';

/**
 * opencode asks before it leaves the project, by folder, and writes paths out of it as `../…`: no pattern that begins
 * with `/` or `~` ever matches one. What a role must not read out there is denied where it is asked about.
 */
export function outsideOf({ lists }: Policy, role: Role): Enforced['outside'] {
  const within = lists.map((list) => ({ ...list, rules: list.rules.filter(({ pattern }) => !OUTSIDE.test(pattern)) }));
  return { lists: [...within, { rules: rulesOutside(role), otherwise: 'ask' }] };
}

const OUTSIDE = /^[/~]/;

/** The folders outside the project that a role must not read, in the order of its rules. */
function rulesOutside(role: Role): readonly PatternRule[] {
  return policyOf(role, 'read')
    .lists.flatMap(({ rules }) => rules)
    .filter(({ pattern }) => OUTSIDE.test(pattern) && pattern.endsWith('/**'))
    .map((rule) => ({ ...rule, decision: rule.decision === 'deny' ? 'deny' : 'ask' }));
}

/** The value of `external_directory`. */
export function outsideFolders(role: Role): string {
  const rules = rulesOutside(role).map(({ pattern, decision }): WildcardRule => [pattern.slice(0, -1), decision]);
  return rules.length === 0 ? json('ask') : map([['*', 'ask'], ...rules]);
}

/** A rule for paths outside the project that opencode can't hold: it knows folders there, and one list for all tools. */
export function missedOutside({ lists }: Policy, tool: Tool): string | undefined {
  if (tool !== 'read' && tool !== 'edit') return undefined;
  const { rules, otherwise } = lists.at(-1)!;
  const base = rules.findLast(({ pattern }) => pattern === '*')?.decision ?? otherwise;
  const missed = rules.find(
    ({ pattern, decision }) =>
      OUTSIDE.test(pattern) &&
      decision !== 'ask' &&
      decision !== base &&
      !(tool === 'read' && pattern.endsWith('/**') && decision === 'deny'),
  );
  return missed && `Outside the project opencode asks by folder, whatever \`${missed.pattern}\` says`;
}
