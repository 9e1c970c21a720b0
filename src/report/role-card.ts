import { Chalk } from 'chalk';
import { reachedFrom } from '../analysis/delegates.ts';
import type { Document } from '../document/document.ts';
import { locatePlace } from '../document/position.ts';
import { FIELDS } from '../target/features.ts';
import { type Fidelity, LEVELS, type Plan } from '../target/target.ts';
import { defaultDecision, hasTool } from '../team/policy.ts';
import { type Edge, type Role, type Team, targets } from '../team/team.ts';
import { TOOLS, type Tool } from '../team/tools.ts';
import type { Place } from '../text/place.ts';
import { type Cell, table } from './fidelity-table.ts';
import { folded } from './folded.ts';
import type { Style } from './result.ts';
import { count } from './summary.ts';
import { visible } from './visible.ts';

/** What a card tells of. */
export interface RoleFacts {
  readonly role: Role;
  readonly team: Team;
  readonly documents: ReadonlyMap<string, Document>;
  /** What each target makes of the team. */
  readonly plans: readonly Plan[];
  /** Whether the team could be read well enough to say what its roles may do. */
  readonly sound: boolean;
  /** Whether places in the file of the role that a row is about are told by their line alone. */
  readonly short?: boolean;
}

/** How much of a long value a card shows where nobody says how wide the terminal is. */
const MOST_SHOWN = 44;

/** How many lines of a terminal a value gets. */
const LINES_SHOWN = 3;

/** A part of a card: rows of words, column by column. */
export interface CardSection {
  readonly title: string;
  readonly rows: readonly Cell[];
}

/**
 * All that holds for a role: its fields and where each was said, its tools and rules, who reaches it, what it reaches, what
 * binds it where. On a terminal that is too narrow for its places, files that go without saying are left out of them.
 */
export function roleCard(facts: RoleFacts, style: Style): string {
  const most = style.columns === undefined ? MOST_SHOWN : LINES_SHOWN * MOST_SHOWN;
  const sections = roleSections(facts, most);
  const whole = cardText(facts, sections, style);
  const places = sections.flatMap(({ title, rows }) =>
    title === PLATFORMS ? [] : rows.map((row) => row.at(-1) ?? ''),
  );
  if (places.every((place) => whole.includes(place))) return whole;
  const short = { ...facts, short: true };
  return cardText(short, roleSections(short, most), style);
}

function cardText({ role, short }: RoleFacts, sections: readonly CardSection[], style: Style): string {
  const paint = new Chalk({ level: style.color });
  const name = role.fields.name ? `${role.fields.name} (${role.id})` : role.id;
  return [
    folded(paint.bold(visible(name)), style),
    ...(short ? [paint.dim(visible(role.at.file))] : []),
    ...sections.flatMap(({ title, rows }) => ['', paint.bold(title), ...table(rows, style).map((line) => `  ${line}`)]),
    '',
  ].join('\n');
}

const PLATFORMS = 'On each platform';

/** What a card tells, part by part; parts that have nothing to tell are left out. Longer values than `most` columns are cut. */
export function roleSections(facts: RoleFacts, most = MOST_SHOWN): readonly CardSection[] {
  const sections: readonly CardSection[] = [
    { title: 'Fields', rows: fieldRows(facts, most) },
    { title: 'Tools', rows: facts.sound ? toolRows(facts) : [] },
    { title: 'Reached from', rows: reachedRows(facts) },
    { title: 'Reaches', rows: reachRows(facts) },
    { title: PLATFORMS, rows: facts.plans.flatMap((plan) => platformRows(plan, facts.role)) },
  ];
  return sections.filter(({ rows }) => rows.length > 0);
}

function fieldRows(facts: RoleFacts, most: number): readonly Cell[] {
  const { role } = facts;
  return FIELDS.filter((field) => role.fields[field] !== undefined).map((field) => {
    const value = role.fields[field];
    const shown = field === 'instructions' ? count(String(value).split('\n').length, 'line') : short(value, most);
    return [field, shown, where(role.place(field), facts)];
  });
}

function short(value: unknown, most: number): string {
  const text = visible(inWords(value).replace(/\s+/g, ' '));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** A text as it is, a list with commas, a map by its keys; what is deeper inside by what names it. */
function inWords(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.map(named).join(', ');
  return Object.entries(value)
    .map(([key, inner]) => (typeof inner === 'object' && !Array.isArray(inner) ? key : `${key}: ${named(inner)}`))
    .join(', ');
}

/** A value inside another one: a map is known by the first thing that it says. */
function named(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Array.isArray(value) ? value.map(named).join(' and ') : named(Object.values(value)[0] ?? '');
}

function where(at: Place, { documents, role, short }: RoleFacts, owner = role): string {
  const { file, line } = locatePlace(at, documents);
  if (short && file === role.at.file) return `line ${line}`;
  return short && file === owner.at.file ? `its line ${line}` : `${file}:${line}`;
}

function toolRows(facts: RoleFacts): readonly Cell[] {
  const { role } = facts;
  const tools = (Object.keys(TOOLS) as Tool[]).filter((tool) => tool !== 'delegate' && hasTool(role, tool));
  const rows = tools.flatMap((tool): Cell[] => {
    const rules = role.rules.filter((rule) => rule.tool === tool);
    const [first, ...rest] = rules.map(({ decision, pattern, at }): [string, string] => [
      `${decision} ${visible(pattern)}`,
      where(at, facts),
    ]);
    return first
      ? [[tool, ...first], ...rest.map((cells) => ['', ...cells])]
      : [[tool, `${defaultDecision(tool)} (no rules)`, '']];
  });
  return rows.length > 0 ? rows : [['none', 'every call is denied', '']];
}

function reachedRows(facts: RoleFacts): readonly Cell[] {
  const { role, team } = facts;
  const arriving = team.edges.filter(
    (edge) => edge.type !== 'receives-from' && edge.from !== role && targets(edge).includes(role),
  );
  const rows = arriving.map((edge): Cell => [edge.from.id, said(edge), where(edge.at, facts, edge.from)]);
  return team.entries.includes(role) ? [['people', 'requests come in here', ''], ...rows] : rows;
}

function reachRows(facts: RoleFacts): readonly Cell[] {
  const { role, team } = facts;
  const rows = role.edges.map((edge): Cell => [names(edge), said(edge), where(edge.at, facts)]);
  const all = reachedFrom(role);
  if (all.length === 0) return rows;
  const everybody = all.length === team.roles.size - 1 && !all.includes(role);
  const who = everybody ? 'every other role' : all.map(({ id }) => id).join(', ');
  return [...rows, ['in all', `${count(all.length, 'role')} down its edges: ${who}`, '']];
}

function names({ to }: Edge): string {
  return to
    .map((reference) => {
      if (reference.kind === 'role') return reference.role.id;
      if (reference.kind === 'person') return `${reference.person.id} (a person)`;
      if (reference.kind === 'group') return `group ${reference.group.id}`;
      return reference.kind === 'word' ? reference.word : `${reference.name} (unknown)`;
    })
    .join(', ');
}

function said({ type, for: subject, keywords, approval }: Edge): string {
  return visible(
    [
      type,
      subject.length > 0 ? `for ${subject.join('; ')}` : '',
      keywords.length > 0 ? `keywords ${keywords.join(', ')}` : '',
      approval ? 'after an approval' : '',
    ]
      .filter(Boolean)
      .join(', '),
  );
}

/** For each level the features that are carried so, those with the same reason together. */
function platformRows({ target, fidelity }: Plan, role: Role): readonly Cell[] {
  const own = fidelity.filter((row) => row.role === role.id);
  return LEVELS.flatMap((level) => {
    const groups = new Map<string, Fidelity[]>();
    for (const row of own.filter((one) => one.level === level)) {
      const because = level === 'native' || level === 'guarded' ? '' : (row.because ?? '');
      groups.set(because, [...(groups.get(because) ?? []), row]);
    }
    return [...groups].map(([because, rows]): Cell => {
      const features = rows.map(({ feature }) => feature).join(', ');
      return [target, level, because ? `${features}: ${because}` : features];
    });
  });
}
