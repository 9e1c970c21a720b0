import type { Place } from '../text/place.ts';
import { assignConditions } from './conditions.ts';
import type { Draft } from './draft.ts';
import { plain } from './ladder.ts';
import { fold } from './relations/names.ts';
import type { Conditions, LadderItem, Recovered, Relation, RelationType } from './relations/relation.ts';

/** The fields of the language that relations become; who has to approve is a duty. */
const FIELD: Readonly<Record<RelationType, EdgeField>> = {
  'delegates-to': 'delegates-to',
  'hands-off-to': 'delegates-to',
  'escalates-to': 'escalates-to',
  'reports-to': 'reports-to',
  'receives-from': 'receives-from',
  'escalates-from': 'receives-from',
  'collaborates-with': 'collaborates-with',
  'approved-by': 'must',
};

type EdgeField = 'delegates-to' | 'escalates-to' | 'reports-to' | 'receives-from' | 'collaborates-with' | 'must';

/** Somebody whom relations name and who is no agent. */
export interface FoundPerson {
  readonly id: string;
  readonly name: string;
  readonly at: Place;
}

/** What relations came to, besides the fields of the drafts. */
export interface Related {
  readonly people: readonly FoundPerson[];
  /** Relations that stay prose: to a class of agents, or to one that the platform brings. */
  readonly prose: readonly Relation[];
  /** The relations that became fields. */
  readonly structured: readonly Relation[];
  /** Conditions to escalate that stay prose, as it is not certain to whom. */
  readonly unassigned: readonly Conditions[];
  /** For a name as it is written, the id of the role that it led to. */
  readonly inexact: readonly { readonly written: string; readonly id: string }[];
}

/** An edge in the making: what several places say of one target is one edge. */
interface Item {
  readonly target: unknown;
  readonly first: Relation;
  readonly reasons: Set<string>;
  readonly keywords: Set<string>;
  readonly directions: Set<'in' | 'out'>;
  readonly conditions: LadderItem[];
}

/** Gives the drafts the relations that were recovered, as fields with places. */
export function relate(
  drafts: readonly Draft[],
  { relations, conditions, ladders }: Pick<Recovered, 'relations' | 'conditions' | 'ladders'>,
): Related {
  const byId = new Map(drafts.map((draft) => [draft.agent.id, draft]));
  const people = new Map<string, FoundPerson>();
  const prose: Relation[] = [];
  const structured: Relation[] = [];
  const edges = new Map<Draft, Map<EdgeField, Map<string, Item>>>();
  for (const relation of relations) {
    const draft = byId.get(relation.source);
    const target = draft && targetOf(relation, people);
    if (!draft || target === undefined) {
      prose.push(relation);
      continue;
    }
    structured.push(relation);
    add(edges, draft, relation, target);
  }
  const unassigned = assignConditions({ conditions, ladders }, (source) => {
    const draft = byId.get(source);
    return [...((draft && edges.get(draft)?.get('escalates-to')?.values()) ?? [])];
  });
  const bySource = new Map<string, Relation[]>();
  for (const relation of structured) if (relation.pattern === 'key') listAt(bySource, relation.source).push(relation);
  for (const draft of drafts) dropUnderstood(draft, bySource.get(draft.agent.id) ?? []);
  for (const [draft, fields] of edges) for (const [field, items] of fields) write(draft, field, [...items.values()]);
  const inexact = structured.flatMap(({ target, resolution }) =>
    resolution.kind === 'inexact' ? [{ written: target, id: resolution.id }] : [],
  );
  return { people: [...people.values()], prose, structured, unassigned, inexact };
}

/** Keys of which every word has become a relation need not be kept beside it. */
function dropUnderstood(draft: Draft, own: readonly Relation[]): void {
  if (own.length === 0) return;
  const said = new Set(own.flatMap(({ target, for: reason }) => [target, reason ?? target]));
  for (const [key, value] of Object.entries(draft.agent.data)) {
    if (draft.fields[`x-${key}`] === undefined) continue;
    const words = wordsIn(value);
    const inside = within(draft.agent.place([key]));
    if (words.length > 0 && words.every((word) => said.has(word)) && own.some(({ at }) => inside(at)))
      delete draft.fields[`x-${key}`];
  }
}

function within({ file, span }: Place): (at: Place) => boolean {
  return (at) => at.file === file && !!span && !!at.span && at.span[0] >= span[0] && at.span[1] <= span[1];
}

/** Every text in a value, however deep; nothing where it holds more than lists and texts. */
function wordsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.split(',').map((word) => word.trim());
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
    ? value.map((word) => word.trim())
    : [];
}

/** The target as the language writes it; nothing for a class of agents and for what the platform brings. */
function targetOf({ target, resolution, at }: Relation, people: Map<string, FoundPerson>): unknown {
  switch (resolution.kind) {
    case 'exact':
    case 'inexact':
      return resolution.id;
    case 'ambiguous':
      // As a name it would be the one of them that bears it as its id.
      return resolution.ids.some((id) => fold(id) === fold(target)) ? resolution.ids : target;
    case 'dangling':
      return target;
    case 'pattern':
      return resolution.ids.length > 0 ? resolution.ids : undefined;
    case 'dynamic':
      return 'delegator';
    case 'person': {
      const id = personId(target);
      if (!people.has(id)) people.set(id, { id, name: target, at });
      return { person: id };
    }
    default:
      return undefined;
  }
}

function personId(name: string): string {
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return id === '' || /^(?:you|me|the-user|human|user)$/.test(id) ? 'user' : id;
}

function add(
  edges: Map<Draft, Map<EdgeField, Map<string, Item>>>,
  draft: Draft,
  relation: Relation,
  target: unknown,
): void {
  const fields = edges.get(draft) ?? new Map<EdgeField, Map<string, Item>>();
  edges.set(draft, fields);
  const field = FIELD[relation.type];
  const items = fields.get(field) ?? new Map<string, Item>();
  fields.set(field, items);
  const key = JSON.stringify(target);
  const item = items.get(key) ?? {
    target,
    first: relation,
    reasons: new Set<string>(),
    keywords: new Set<string>(),
    directions: new Set(),
    conditions: [],
  };
  items.set(key, item);
  const reason = relation.type === 'escalates-from' ? 'escalations' : relation.for;
  if (reason !== undefined && reason.trim() !== '') item.reasons.add(reason.trim());
  for (const topic of relation.topics ?? []) if (topic !== '') item.reasons.add(topic);
  for (const keyword of relation.keywords ?? []) if (keyword.trim() !== '') item.keywords.add(keyword.trim());
  if (relation.direction) item.directions.add(relation.direction);
}

function write(draft: Draft, field: EdgeField, items: readonly Item[]): void {
  draft.fields[field] = items.map((item) => (field === 'must' ? duty(item) : edge(field, item)));
  const [{ first }] = items as readonly [Item, ...Item[]];
  draft.say([field], first.at);
  for (const [index, item] of items.entries()) {
    const { at, confidence, pattern, evidence } = item.first;
    for (const steps of [[], ['role'], ['with'], ['person']]) draft.say([field, index, ...steps], at);
    draft.recovered.push({ field, at, confidence, from: `${WORDS[pattern]} "${evidence}"` });
    for (const [nth, condition] of item.conditions.entries()) {
      draft.say([field, index, 'when', nth], condition.at);
      draft.recovered.push({ field, at: condition.at, confidence: 'likely', from: 'condition to escalate' });
    }
  }
}

const WORDS: Readonly<Record<Relation['pattern'], string>> = {
  key: 'key',
  tool: 'tool',
  permission: 'permission',
  heading: 'section',
  label: 'label',
  table: 'table below',
  call: 'call',
};

function duty({ target, reasons }: Item): unknown {
  return { do: 'get the approval', with: target, ...(reasons.size > 0 ? { because: [...reasons].join('; ') } : {}) };
}

function edge(field: EdgeField, { target, reasons, keywords, directions, conditions }: Item): unknown {
  const when = [...new Set(conditions.map(({ text }) => plain(text)))].filter((text) => text !== '');
  const more = {
    ...(when.length > 0 ? { when } : {}),
    ...(reasons.size > 0 ? { for: reasons.size === 1 ? [...reasons][0] : [...reasons] } : {}),
    ...(field === 'delegates-to' && keywords.size > 0 ? { keywords: [...keywords] } : {}),
    ...(field === 'collaborates-with' && directions.size > 0
      ? { direction: directions.size === 2 ? 'both' : [...directions][0] }
      : {}),
  };
  const who = typeof target === 'object' && !Array.isArray(target) ? (target as object) : { role: target };
  return typeof target === 'string' && Object.keys(more).length === 0 ? target : { ...who, ...more };
}

function listAt<T>(lists: Map<string, T[]>, key: string): T[] {
  const known = lists.get(key) ?? [];
  lists.set(key, known);
  return known;
}
