import { items } from '../team/items.ts';
import type { LoadedTeam } from '../team/read.ts';
import type { Role, Team } from '../team/team.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import { below, keyOf, type Place } from '../text/place.ts';
import type { Rule, RuleContext } from './rule.ts';
import { takeOut } from './take-out.ts';
import { isUnreadable, written } from './written.ts';

/** What does not fit the language is left out of the team: the author said it, and nobody acts on it. */
export const schema: Rule = {
  id: 'schema',
  summary: 'Something in a file does not fit the language.',
  severity: 'error',
  reading: true,

  check(context) {
    reportMisfits(context);
    for (const role of ownRoles(context.team)) {
      if (isUnreadable(context.loaded, role.at.file)) continue;
      checkDescription(role, context);
      checkBase(role, context);
      checkNames(role, context);
    }
    checkTransitive(context);
  },
};

/** Passes on what the schemas say, but of a value that YAML did not read well: that is told already. */
function reportMisfits({ loaded, report }: RuleContext): void {
  const key = ({ file, pointer }: Place): string => JSON.stringify([file, pointer]);
  const misread = new Set(
    loaded.problems
      .filter(({ rule, severity, at }) => rule === 'yaml-syntax' && severity === 'error' && at.pointer.length > 0)
      .map(({ at }) => key(at)),
  );
  for (const { rule, ...finding } of loaded.problems)
    if (rule === 'schema' && !misread.has(key(finding.at))) report(finding);
}

function ownRoles({ roles, abstract }: Team): readonly Role[] {
  return [...roles.values(), ...abstract.values()].filter(({ own }) => own);
}

function checkDescription(role: Role, { team, loaded, report }: RuleContext): void {
  if (role.fields.abstract || role.fields.description !== undefined || mayBeDescribed(role, team, loaded)) return;
  report({
    at: keyOf(role.at),
    role: role.id,
    message: `${role.id} has no description.`,
    help: 'Say in a sentence what it does: others read it when they choose whom to give work to.',
  });
}

/** Whether a description is there that could not be read, or comes from a base that could not be read or found. */
function mayBeDescribed(role: Role, team: Team, loaded: LoadedTeam): boolean {
  const lineage = [role, ...role.bases.flatMap((id) => team.roles.get(id) ?? team.abstract.get(id) ?? [])];
  const places = [...lineage.map(({ at }) => at), below(team.at, 'defaults')];
  return (
    lineage.at(-1)?.fields.extends !== undefined ||
    places.some((at) => isUnreadable(loaded, at.file) || hasKeyLike('description', written(loaded, at)))
  );
}

function hasKeyLike(name: string, data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  return Object.keys(data).some((key) => !key.startsWith('x-') && didYouMean(key, [name]) !== undefined);
}

/** A base stands in the same team; that it exists is `unknown-role`'s to say, and that it is no ring `extends-cycle`'s. */
function checkBase(role: Role, { team, report }: RuleContext): void {
  const base = role.fields.extends ?? '';
  const found = team.roles.get(base) ?? team.abstract.get(base);
  if (!found || found.own) return;
  report({
    at: below(role.at, 'extends'),
    role: role.id,
    message: `${role.id} can't extend ${base}, because that is a role of another team.`,
    help: 'Move what both need into a base of this team.',
  });
}

const WORDS: readonly string[] = ['self', 'peers', 'delegator'];

function checkNames(role: Role, { team, report }: RuleContext): void {
  const { aliases } = role.fields;
  for (const { item: alias, steps } of items(aliases))
    if (WORDS.includes(alias))
      report({
        at: role.place('aliases', ...steps),
        role: role.id,
        message: `"${alias}" is a word of the language and can't be an alias of ${role.id}.`,
        help: 'Choose another alias.',
      });
  const prefix = role.id.slice(0, Math.max(0, role.id.indexOf('/')));
  if (prefix === '' || !Object.hasOwn(team.definition.uses ?? {}, prefix)) return;
  report({
    at: keyOf(role.at),
    role: role.id,
    message: `The id "${role.id}" begins like those of the team that is used as "${prefix}".`,
    related: [{ at: keyOf(below(team.at, 'uses', prefix)), message: `"${prefix}" is the name of a used team` }],
    help: 'Rename the role, or give the used team another name.',
  });
}

function checkTransitive({ team, report }: RuleContext): void {
  const told = new Set<string>();
  for (const role of [...team.roles.values(), ...team.abstract.values()])
    for (const { transitive, decision, rule } of role.rules) {
      const key = JSON.stringify(rule);
      if (!transitive || decision === 'deny' || told.has(key)) continue;
      told.add(key);
      report({
        at: below(rule, 'transitive'),
        message: `"transitive" belongs to a deny, and this is ${decision === 'allow' ? 'an allow' : 'an ask'}.`,
        help: 'Take it out: only what is denied can be denied down the edges of delegation too.',
        fix: takeOut('it', below(rule, 'transitive')),
      });
    }
}
