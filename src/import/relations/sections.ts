import type { Passage } from '../found.ts';
import { callsRole, type Meaning, meaningOfLabel } from './labels.ts';
import { firstEnd, labelIn, labelsWithin } from './line-labels.ts';
import { type Line, linesOf } from './lines.ts';
import type { Names } from './names.ts';
import { namesWithin } from './names-within.ts';
import type { Relation, RelationPattern } from './relation.ts';
import { tableAt } from './tables.ts';
import { leadingTargets, listedTargets, membersOfClass, type Target, type WrittenName } from './targets.ts';

/** What stands over a line: the words of a heading or label, and what they say. */
interface Over {
  readonly label: string;
  readonly pattern: RelationPattern;
  readonly meaning: Meaning | undefined;
  /** The level of a heading, the indentation of a label in a list. */
  readonly depth: number;
  readonly group?: string;
}

interface Walk {
  readonly source: string;
  readonly passage: Passage;
  readonly names: Names;
  readonly headings: Over[];
  readonly nested: Over[];
  label: Over | undefined;
  /** The label whose names may go on in the next line of the same paragraph. */
  open: Over | undefined;
  /** Whether a list has come since the last heading. */
  listed: boolean;
  readonly relations: Relation[];
}

/** The relations that headings, labels, lists and tables of a text give. */
export function relationsInText(source: string, passage: Passage, names: Names): Relation[] {
  const walk: Walk = {
    source,
    passage,
    names,
    headings: [],
    nested: [],
    label: undefined,
    open: undefined,
    listed: false,
    relations: [],
  };
  const lines = linesOf(passage.text);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as Line;
    if (line.kind === 'row') {
      const table = tableAt(passage.text, lines, at);
      if (table) {
        for (const relation of table.relations(source, passage, names, over(walk))) walk.relations.push(relation);
        at = table.last;
      }
    } else step(walk, line);
  }
  return walk.relations;
}

function step(walk: Walk, line: Line): void {
  switch (line.kind) {
    case 'heading':
      heading(walk, line);
      break;
    case 'item':
      item(walk, line);
      break;
    case 'text':
      text(walk, line);
      break;
    case 'comment':
      comment(walk, line);
      break;
    default:
      walk.open = undefined;
  }
}

/**
 * What is said over the current place: by the innermost label, else by the nearest heading that speaks of names. A label
 * that says nothing of its own names a group below a heading like "Delegates to"; below a vague one it ends its say.
 */
function over(walk: Walk): Over | undefined {
  const inner = walk.nested.at(-1) ?? walk.label;
  if (inner?.meaning) return inner;
  const at = walk.headings.findLastIndex(({ meaning }) => meaning);
  const heading = walk.headings[at];
  if (!heading || (inner && (!heading.meaning?.strong || /\b(?:skills?|tools?|commands?|mcp)\b/i.test(inner.label))))
    return undefined;
  const group = inner?.label ?? (at < walk.headings.length - 1 ? walk.headings.at(-1)?.label : undefined);
  return group === undefined ? heading : { ...heading, group };
}

function heading(walk: Walk, line: Line): void {
  while ((walk.headings.at(-1)?.depth ?? 0) >= line.depth) walk.headings.pop();
  walk.nested.length = 0;
  walk.label = undefined;
  walk.open = undefined;
  walk.listed = false;
  const parts = labelIn(walk.passage.text, line, true);
  const meaning = parts && meaningOfLabel(parts.label);
  const label = parts?.label ?? walk.passage.text.slice(line.start, Math.min(line.end, line.start + 100));
  const said: Over = { label, pattern: 'heading', meaning, depth: line.depth };
  walk.headings.push(said);
  if (meaning && parts.rest < line.end) inline(walk, said, parts.rest, line.end);
}

function text(walk: Walk, line: Line): void {
  const { open } = walk;
  furtherLabels(walk, line);
  const parts = labelIn(walk.passage.text, line, false);
  const meaning = parts && meaningOfLabel(parts.label);
  if (parts && meaning) {
    walk.nested.length = 0;
    walk.label = { label: parts.label, pattern: 'label', meaning, depth: -1 };
    walk.open = walk.label;
    if (parts.rest < line.end) inline(walk, walk.label, parts.rest, firstEnd(walk.passage.text, parts.rest, line));
    return;
  }
  if (parts && parts.rest >= line.end) {
    walk.open = undefined;
    if (parts.label.split(' ', 6).length > 5) return;
    walk.nested.length = 0;
    walk.label = { label: parts.label, pattern: 'label', meaning: undefined, depth: -1 };
    return;
  }
  if (open && walk.nested.length === 0) goOn(walk, open, line);
  else if (!walk.listed && standsAlone(walk, line)) goOn(walk, walk.headings.at(-1) as Over, line);
  else if (line.depth === 0) close(walk, line);
}

/** A comment between the items of a list names the group of those below it. */
function comment(walk: Walk, line: Line): void {
  const group = walk.passage.text.slice(line.start, Math.min(line.end, line.start + 100));
  const inner = walk.nested.at(-1);
  if (inner) walk.nested[walk.nested.length - 1] = { ...inner, group };
  else if (walk.label) walk.label = { ...walk.label, group };
}

/** Whether a line below a heading that speaks of names begins with a marked one. */
function standsAlone({ passage, headings }: Walk, { start }: Line): boolean {
  return headings.at(-1)?.meaning?.strong === true && /^(?:\*\*)?[`@]/.test(passage.text.slice(start, start + 3));
}

/** A paragraph ends what stood over the list before it; after a list, and at a tag, the heading's say ends too. */
function close(walk: Walk, line: Line): void {
  walk.nested.length = 0;
  walk.label = undefined;
  const tag = walk.passage.text[line.start] === '<';
  if (walk.listed || tag)
    for (const [index, said] of walk.headings.entries()) walk.headings[index] = { ...said, meaning: undefined };
}

function item(walk: Walk, line: Line): void {
  walk.listed = true;
  walk.open = undefined;
  furtherLabels(walk, line);
  while ((walk.nested.at(-1)?.depth ?? -1) >= line.depth) walk.nested.pop();
  const parts = labelIn(walk.passage.text, line, false);
  const meaning = parts && meaningOfLabel(parts.label);
  if (parts && meaning) {
    const said: Over = { label: parts.label, pattern: 'label', meaning, depth: line.depth };
    walk.nested.push(said);
    if (parts.rest < line.end) inline(walk, said, parts.rest, firstEnd(walk.passage.text, parts.rest, line));
    return;
  }
  const said = over(walk);
  if (said?.meaning) listItem(walk, said, said.meaning, line);
  else escalation(walk, line);
}

/** "Escalate to @x" in a section on escalation: the one sentence whose words leave no doubt about the type. */
function escalation(walk: Walk, { start, end }: Line): void {
  const section = walk.headings.findLast(({ label }) => /\bescalat/i.test(label));
  const text = section && walk.passage.text.slice(start, Math.min(end, start + 400));
  const match =
    text && !NEGATED.test(text) ? /\bescalates?\b[^.;@`]{0,40}?\bto\s+(?:the\s+)?(?=[@`])/i.exec(text) : null;
  if (!section || !match) return;
  const said: Over = { ...section, meaning: { type: 'escalates-to', strong: true } };
  for (const target of leadingTargets(
    walk.passage.text,
    start + match.index + match[0].length,
    end,
    walk.names,
    'names',
  ))
    add(walk, said, target, 'likely');
}

/** The names that stand on the same line as their label. */
function inline(walk: Walk, said: Over, from: number, to: number): void {
  const { passage, names } = walk;
  const meaning = said.meaning as Meaning;
  const found = listedTargets(passage.text, from, to, names, meaning.strong ? 'words' : 'roles');
  const targets = found.length > 0 ? found : membersOfClass(passage.text, from, to, names);
  for (const target of targets) add(walk, said, target, meaning.strong ? 'certain' : 'likely');
  if (targets.length === 0) prose(walk, said, from, to);
}

/** Labels further on in a line that holds several: `**Tier:** analyst · **Reports to:** x`. */
function furtherLabels(walk: Walk, line: Line): void {
  for (const { label, from, to } of labelsWithin(walk.passage.text, line)) {
    const meaning = meaningOfLabel(label);
    if (meaning?.strong) inline(walk, { label, pattern: 'label', meaning, depth: -1 }, from, to);
  }
}

/** A list of names goes on in the next line of its paragraph: there only marked names are of it. */
function goOn(walk: Walk, said: Over, line: Line): void {
  const { passage, names } = walk;
  for (const target of listedTargets(
    passage.text,
    line.start,
    line.end,
    names,
    said.meaning?.strong ? 'names' : 'roles',
    true,
  ))
    if (target.mark !== 'bare' && target.mark !== 'bold')
      add(walk, said, target, said.meaning?.strong ? 'certain' : 'likely');
}

function listItem(walk: Walk, said: Over, meaning: Meaning, line: Line): void {
  const { passage, names } = walk;
  const { text } = passage;
  const members = membersOfClass(text, line.start, line.end, names);
  const targets =
    members.length > 0
      ? members
      : leadingTargets(text, line.start, line.end, names, meaning.strong ? 'names' : 'roles');
  if (targets.length > 0) {
    for (const target of targets) add(walk, said, target, meaning.strong ? 'certain' : 'likely');
    return;
  }
  prose(walk, said, line.start, line.end);
}

/** A sentence in a section about names: who comes after an arrow, or after a verb of the section's own kind. */
function prose(walk: Walk, said: Over, from: number, to: number): void {
  const { passage, names } = walk;
  const { type } = said.meaning as Meaning;
  const end = Math.min(to, from + 400);
  const line = passage.text.slice(from, end);
  const arrow = ARROW.exec(line);
  if (arrow) {
    if (ARROW.test(line.slice(arrow.index + arrow[0].length))) return;
    const before = line.slice(0, arrow.index).replace(/[*_`]/g, '').trim();
    const other = names.resolve(before);
    if ('id' in other && other.id !== walk.source) return;
    for (const target of leadingTargets(passage.text, from + arrow.index + arrow[0].length, to, names, 'roles'))
      add(walk, said, before === '' ? target : { ...target, for: before }, 'likely');
    return;
  }
  if (!VERBS[type]?.test(line) || NEGATED.test(line)) return;
  const direction = type === 'collaborates-with' ? directionOf(line) : undefined;
  const found = [...namesWithin(passage.text, from, end, names), ...rolesAfter(passage.text, from, end, names)];
  for (const name of found) add(walk, said, withReason(passage.text, name, to), 'likely', direction);
}

const ARROW =
  /(?:→|⇒|->|=>)\s*(?:(?:call|consult|ask|use|invoke|notify|delegate to|escalate to|assign to|hand off to|route to|work with|coordinate with)\s+)?/i;

/** Names of roles that no agent has, where a preposition says that a name follows: "Coordinate with Data Engineer on …". */
function rolesAfter(text: string, from: number, end: number, names: Names): WrittenName[] {
  const match = /\b(?:with|from|to|support|assist|guide|help)\s+(?:the\s+)?(?=[@`*\p{L}])/iu.exec(
    text.slice(from, end),
  );
  if (!match) return [];
  const found = leadingTargets(text, from + match.index + match[0].length, end, names, 'names');
  return found.filter(({ written, resolution }) => resolution.kind === 'dangling' && callsRole(written));
}

/** The verbs that say of an item in a section that it speaks of the section's own relation. */
const VERBS: Partial<Record<Relation['type'], RegExp>> = {
  'collaborates-with': /^[\s*_`"]*(?:\p{L}+\s){0,2}\p{L}/u,
  'delegates-to': /^[\s*_]*(?:\p{L}+ly\s)?(?:delegate|assign|dispatch|route|invoke|spawn|send|hand|call)s?\b/iu,
  'escalates-to': /\b(?:escalate[sd]?|message|notify|contact|alert|ping|page)\b/i,
  'hands-off-to': /\b(?:hand|hands|pass|passes|send|sends|handoff|provide|provides)\b/i,
  'receives-from': /\b(?:receive|receives|accept|accepts|get|gets|from)\b/i,
};

const NEGATED = /\b(?:not|never|don't|instead of|without)\b/i;

function withReason(text: string, name: WrittenName, to: number): Target {
  const after = text.slice(name.end, Math.min(to, name.end + 300)).replace(/^[*_`\s]*/, '');
  const reason = /^(?:for|on|with|about|in|when|if|to|before|after)\s+(.+)$/.exec(after)?.[1];
  return reason === undefined ? name : { ...name, for: reason.replace(/[.\s]+$/, '') };
}

/** Which way things go, by the verb that an item begins with. */
function directionOf(line: string): 'in' | 'out' | undefined {
  const verb = /\p{L}+/u.exec(line)?.[0].toLowerCase().replace(/s$/, '') ?? '';
  if (/^(?:receive|accept|get|obtain|take|request|collect|gather)$/.test(verb)) return 'in';
  return /^(?:provide|share|send|supply|supplie|deliver|give|pas|support|guide|help|assist|advise|inform|feed|notify|report|hand)$/.test(
    verb,
  )
    ? 'out'
    : undefined;
}

function add(
  walk: Walk,
  said: Over,
  target: Target,
  confidence: Relation['confidence'],
  direction?: 'in' | 'out',
): void {
  const { source, passage } = walk;
  if (confidence === 'likely' && 'id' in target.resolution && target.resolution.id === source) return;
  walk.relations.push({
    type: (said.meaning as Meaning).type,
    source,
    target: target.written,
    resolution: target.resolution,
    at: passage.place(target.start, target.end),
    pattern: said.pattern,
    evidence: said.label,
    confidence: isGuessed(target) ? 'likely' : confidence,
    ...(target.for === undefined ? {} : { for: target.for }),
    ...(said.group === undefined ? {} : { group: said.group }),
    ...(direction === undefined ? {} : { direction }),
  });
}

/** Whether only capital letters say that words that no agent answers to are a name. */
function isGuessed({ mark, resolution, written }: Target): boolean {
  return resolution.kind === 'dangling' && (mark === 'bare' || mark === 'bold') && !/[-_]/.test(written);
}
