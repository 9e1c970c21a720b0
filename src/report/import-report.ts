import type { Account, RelationAnswer } from '../import/account.ts';
import { enumerate } from '../text/enumerate.ts';
import { folded } from './folded.ts';
import type { Style } from './result.ts';
import { count } from './summary.ts';
import { visible } from './visible.ts';

/** What an import did, in a page that a person reads: what came over, what became data, and what needs a look. */
export function prettyAccount(account: Account, out: string, style: Style): string {
  const { platforms, roles, relations } = account;
  const fields = roles.flatMap(({ structured }) => structured);
  const lines = [
    ...platforms.map(
      ({ platform, agents, files }) => `${platform}: ${count(agents, 'agent')} in ${count(files, 'file')}`,
    ),
    '',
    `${count(new Set(roles.map(({ id }) => id)).size, 'role')} in ${out}`,
    `  ${count(fields.length, 'value')} became data; every prompt is kept whole`,
    ...relationLines(relations),
    ...conditionLines(account),
    ...keptLines(account),
    ...asideLines(account),
    ...describedLines(account),
    ...problemLines(account),
  ];
  return folded(`${lines.map(visible).join('\n')}\n`, style);
}

function relationLines(relations: readonly RelationAnswer[]): readonly string[] {
  const structured = relations.filter((relation) => relation.structured);
  const byType = tally(structured.map(({ type }) => type));
  const shown = [...byType].map(([type, number]) => `${number} ${type}`).join(', ');
  const prose = relations.length - structured.length;
  const inexact = structured.filter(({ resolution }) => resolution === 'inexact');
  const dangling = structured.filter(({ resolution }) => resolution === 'dangling');
  const ambiguous = structured.filter(({ resolution }) => resolution === 'ambiguous');
  return [
    ...(structured.length > 0 ? [`  ${count(structured.length, 'relation')}: ${shown}`] : []),
    ...(prose > 0
      ? [`  ${count(prose, 'relation')} to classes of agents, or to agents that the platform brings, stay text`]
      : []),
    ...example(
      'relation',
      inexact,
      'led to an agent by a name that is not its own',
      ({ written, to }) => `"${written}" is ${to}`,
    ),
    ...example('relation', dangling, leads(dangling, 'to no agent'), ({ written }) => `"${written}"`),
    ...example(
      'relation',
      ambiguous,
      leads(ambiguous, 'to several agents of one name'),
      ({ written, among = [] }) => `"${written}", which could be ${enumerate(among)},`,
    ),
  ];
}

function leads({ length }: readonly unknown[], where: string): string {
  return `${length === 1 ? 'leads' : 'lead'} ${where}`;
}

function example(
  what: string,
  found: readonly RelationAnswer[],
  said: string,
  show: (relation: RelationAnswer) => string,
): readonly string[] {
  const [first] = found;
  if (!first) return [];
  return [`  ${count(found.length, what)} ${said}, such as ${show(first)} in ${first.file}:${first.line}`];
}

function conditionLines({ conditions }: Account): readonly string[] {
  const [first] = conditions;
  if (!first) return [];
  const lists = `${count(conditions.length, 'list')} of conditions to escalate`;
  const whom = 'as it is not certain to whom';
  return [`  ${lists} ${conditions.length === 1 ? 'stays' : 'stay'} text, ${whom}: ${first.file}:${first.line}`];
}

function keptLines({ roles }: Account): readonly string[] {
  const kept = tally(roles.flatMap((role) => role.kept));
  if (kept.size === 0) return [];
  const names = [...kept.keys()];
  const shown = names.slice(0, 6).join(', ') + (names.length > 6 ? ` and ${names.length - 6} more` : '');
  return [`  keys that the language has no word for are kept: ${shown}`];
}

function asideLines(account: Account): readonly string[] {
  const roles = account.roles.filter(({ aside }) => aside !== undefined);
  const keys = [...new Set(roles.map(({ aside }) => aside!))];
  const what = `what ${count(roles.length, 'agent')} ${roles.length === 1 ? 'says' : 'say'} otherwise than on another platform`;
  return roles.length > 0 ? [`  ${what} is kept under ${enumerate(keys)}, and not built`] : [];
}

function describedLines(account: Account): readonly string[] {
  const without = account.roles.filter(({ described }) => described !== undefined);
  const [first] = without;
  if (!first) return [];
  const roles = count(new Set(without.map(({ id }) => id)).size, 'role');
  return [
    `  ${roles} had no description and got one to begin with, such as ${first.id} in ${first.file}:${first.line}`,
  ];
}

function problemLines(account: Account): readonly string[] {
  const { files, lost } = account;
  const none = files.filter(({ answer }) => answer === 'none');
  const silent = new Set(none.map(({ file }) => file));
  const told = account.findings.filter(({ severity, file }) => severity !== 'info' && !silent.has(file));
  const whose = none.length === 1 ? 'its text stays where it is' : 'their texts stay where they are';
  return [
    ...(told.length > 0 ? ['', `${count(told.length, 'finding')} in the platform's files:`] : []),
    ...told.slice(0, 10).map(({ file, line, severity, message }) => `  ${file}:${line} ${severity}: ${message}`),
    ...(told.length > 10 ? [`  and ${told.length - 10} more; "teamc lint" shows them all`] : []),
    ...(none.length > 0 ? ['', `${count(none.length, 'file')} became no role, and ${whose}:`] : []),
    ...none.slice(0, 5).map(({ file, because }) => `  ${file}: ${because ?? ''}`),
    ...(none.length > 5 ? [`  and ${none.length - 5} more; --report lists them`] : []),
    ...(lost > 0
      ? ['', `${count(lost, 'file')} could not be read, and nothing of ${lost === 1 ? 'it' : 'them'} came over.`]
      : []),
  ];
}

function tally(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
