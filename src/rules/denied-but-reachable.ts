import type { Reach } from '../analysis/authority.ts';
import { overlap } from '../analysis/overlap.ts';
import type { Probe } from '../analysis/probes.ts';
import type { PermissionEntry } from '../team/permissions.ts';
import type { Role } from '../team/team.ts';
import { TOOLS } from '../team/tools.ts';
import { enumerate } from '../text/enumerate.ts';
import type { Rule, RuleContext } from './rule.ts';
import { reachPhrase, wayShown } from './way.ts';
import { quoted } from './wording.ts';

/** A denial that ends at the next desk is none. */
export const deniedButReachable: Rule = {
  id: 'denied-but-reachable',
  summary: 'What a "transitive" rule denies, a role can have done by another one.',
  severity: 'error',

  check(context) {
    for (const [entry, broken] of brokenRules(context)) tell(entry, broken, context);
  },
};

interface Broken {
  readonly role: Role;
  readonly reach: Reach;
}

/** For each transitive rule, the roles that get around it. */
function brokenRules({ facts }: RuleContext): ReadonlyMap<PermissionEntry, readonly Broken[]> {
  const found = new Map<string, { readonly entry: PermissionEntry; readonly broken: Broken[] }>();
  const reaches = onceEach((probe) => facts.authority.reached(probe, true));
  for (const role of facts.roles) {
    if (!handsOver(role)) continue;
    for (const entry of role.rules) {
      const probe = entry.transitive && entry.decision === 'deny' ? decidedBy(entry, role) : undefined;
      const reach = probe && reaches(probe)(role);
      if (typeof reach !== 'object' || reach.path.length === 0) continue;
      const place = JSON.stringify(entry.at);
      const known = found.get(place) ?? { entry, broken: [] };
      found.set(place, known);
      known.broken.push({ role, reach });
    }
  }
  return new Map([...found.values()].map(({ entry, broken }) => [entry, broken]));
}

function onceEach<T>(look: (probe: Probe) => T): (probe: Probe) => T {
  const known = new Map<string, T>();
  return (probe) => {
    const key = JSON.stringify(probe);
    const answer = known.get(key) ?? look(probe);
    known.set(key, answer);
    return answer;
  };
}

function handsOver(role: Role): boolean {
  return (
    role.edges.some(({ type }) => type === 'delegates-to') || role.grants.some(({ tool }) => tool === 'switch-role')
  );
}

/** The calls that a rule decides for a role: those that no later rule takes from it; nothing where one takes them all. */
function decidedBy({ tool, pattern, rule }: PermissionEntry, { rules }: Role): Probe | undefined {
  const dialect = TOOLS[tool];
  const place = JSON.stringify(rule);
  const own = rules.filter((entry) => entry.tool === tool);
  const isOfRule = (entry: PermissionEntry): boolean => JSON.stringify(entry.rule) === place;
  const last = own.findLastIndex((entry) => entry.pattern === pattern && isOfRule(entry));
  const later = own.slice(last + 1).filter((entry) => !isOfRule(entry));
  const touching = later.filter((entry) => overlap(dialect, entry.pattern, pattern) !== 'apart');
  if (touching.some((entry) => overlap(dialect, entry.pattern, pattern) === 'covers')) return undefined;
  const except = [...new Set(touching.map((entry) => entry.pattern))].sort();
  return { tool, pattern, ...(except.length > 0 ? { except } : {}) };
}

function tell(entry: PermissionEntry, broken: readonly Broken[], { report }: RuleContext): void {
  const [first, ...others] = [...broken].sort((a, b) => a.reach.path.length - b.reach.path.length);
  const { role, reach } = first!;
  report({
    at: entry.at,
    role: role.id,
    message: `${quoted(entry.pattern)} is denied to ${role.id} and to whoever works for it, yet ${reachPhrase(role, entry.tool, reach)}.`,
    related: wayShown(entry.tool, reach),
    help: `Deny it to ${reach.by.id} or let it ask, give a hand-over an "approval", or take "transitive" back.${others.length === 0 ? '' : ` The same goes for ${enumerate(others.map((other) => other.role.id))}.`}`,
  });
}
