import type { FoundCall } from '../analysis/probes.ts';
import { decide } from '../pattern/decide.ts';
import { hasTool, policyOf } from '../team/policy.ts';
import type { LoadedTeam } from '../team/read.ts';
import type { Role, Team } from '../team/team.ts';
import { enumerate } from '../text/enumerate.ts';
import type { Place } from '../text/place.ts';
import { causeOf } from './cause.ts';
import type { Rule, RuleContext } from './rule.ts';
import { quoted } from './wording.ts';

/** A role that can rewrite what it is told and allowed has whatever permissions it likes. */
export const ownInstructionsWritable: Rule = {
  id: 'own-instructions-writable',
  summary: 'A role can edit the files that say what it is and what it may do.',
  severity: 'warning',

  check(context) {
    for (const opening of openings(context)) tell(opening, context);
  },
};

/** Where platforms keep agents, hooks, settings and standing instructions, and where the team is written. */
const OF_PLATFORMS = [
  '.claude/**',
  'CLAUDE.md',
  'CLAUDE.local.md',
  '.mcp.json',
  '.opencode/**',
  'opencode.json',
  'opencode.jsonc',
  '.roo/**',
  '.roomodes',
  'AGENTS.md',
  '.teamc/**',
  '~/.claude/**',
  '~/.claude.json',
  '~/.config/opencode/**',
];

/** Agents that are linted where their platform keeps them have the files of no other to fear. */
function patternsFor({ inPlace }: LoadedTeam): readonly string[] {
  const own = inPlace && OWN[inPlace.target];
  return own ? OF_PLATFORMS.filter((pattern) => own.test(pattern)) : OF_PLATFORMS;
}

const OWN: Readonly<Record<string, RegExp>> = {
  'claude-code': /claude|\.mcp\.json/i,
  opencode: /opencode|AGENTS\.md/,
  roo: /roo|AGENTS\.md/,
};

/** How a platform's own files withhold the edit. */
const WITHHOLD: Readonly<Record<string, (patterns: readonly string[]) => string>> = {
  'claude-code': (patterns) =>
    `Deny it in .claude/settings.json: ${JSON.stringify({ permissions: { deny: patterns.map((pattern) => `Edit(${pattern})`) } })}.`,
  opencode: (patterns) =>
    `Deny it after what allows it: ${JSON.stringify({ permission: { edit: Object.fromEntries(patterns.map((pattern) => [pattern.replace('**', '*'), 'deny'])) } })}.`,
  roo: () => 'Limit the group to the files that the mode is for: ["edit", { "fileRegex": "…" }].',
};

/** One rule, or one tool that is given, and what it opens. */
interface Opening {
  readonly at: Place;
  readonly decision: FoundCall['decision'];
  readonly roles: Set<Role>;
  readonly files: Set<string>;
}

/** What each call opens. Where agents are linted in place, nearly each may edit when a person agrees: that is told once. */
function openings(context: RuleContext): readonly Opening[] {
  const editors = context.facts.roles.filter((role) => role.own && hasTool(role, 'edit'));
  const found = new Map<string, Opening>();
  for (const [role, { witness, decision }] of writable(editors, context)) {
    const at = causeOf(role, 'edit', witness)[0]?.at ?? role.at;
    const together = context.loaded.inPlace && decision === 'ask';
    const key = together ? decision : JSON.stringify([at, decision]);
    const opening = found.get(key) ?? { at, decision, roles: new Set(), files: new Set() };
    found.set(key, opening);
    opening.roles.add(role);
    opening.files.add(witness);
  }
  return [...found.values()];
}

function* writable(
  editors: readonly Role[],
  { team, facts, loaded }: RuleContext,
): Iterable<readonly [Role, FoundCall]> {
  for (const pattern of patternsFor(loaded)) {
    const answer = facts.authority.own(editors, { tool: 'edit', pattern }, false);
    for (const role of editors) {
      const call = answer(role);
      if (typeof call === 'object') yield [role, call];
    }
  }
  for (const role of editors)
    for (const file of sources(role, team, loaded))
      if (decide(policyOf(role, 'edit'), file).decision === 'allow') yield [role, { witness: file, decision: 'allow' }];
}

/** The files that say what a role is, as far as they lie in the project. A person who is asked sees which file it is. */
function sources({ at }: Role, team: Team, { ownFiles }: LoadedTeam): readonly string[] {
  return [...new Set([team.at.file, at.file])].filter(
    (file) => ownFiles.has(file) && !/^(?:\.\.|\/|[A-Za-z]:)/.test(file),
  );
}

/** What a person is asked about first weighs less. */
function tell({ at, decision, roles, files }: Opening, { loaded, report }: RuleContext): void {
  const ids = [...roles].map(({ id }) => id);
  const plain = [...new Set([...files].map(patternOf))];
  const patterns = plain.map(quoted);
  const asked = decision === 'ask';
  const withhold = loaded.inPlace && WITHHOLD[loaded.inPlace.target];
  report({
    at,
    role: ids[0]!,
    ...(asked ? { severity: 'info' as const } : {}),
    message: `${enumerate(ids)} may edit ${quoted([...files][0]!)}${asked ? ' when a person agrees' : ''}, and with it what ${ids.length === 1 ? 'it is' : 'they are'} told and allowed.`,
    help: withhold
      ? withhold(plain)
      : `Deny ${patterns.length === 1 ? 'it' : 'all that this opens'} in a later rule: { edit: { deny: ${patterns.length === 1 ? patterns[0] : `[${patterns.join(', ')}]`} } }.`,
  });
}

/** The folder of a platform's file, else the file itself. */
function patternOf(file: string): string {
  const folder = OF_PLATFORMS.find((pattern) => pattern.endsWith('/**') && file.startsWith(pattern.slice(0, -2)));
  return folder ?? file;
}
