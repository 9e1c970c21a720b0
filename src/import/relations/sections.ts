import type { Passage } from '../found.ts';
import { type Meaning, meaningOfLabel } from './labels.ts';
import { firstEnd, labelIn, labelsWithin } from './line-labels.ts';
import { type Line, linesOf } from './lines.ts';
import type { Names } from './names.ts';
import type { Relation, RelationPattern } from './relation.ts';
import { inSentence, isNegated } from './sentences.ts';
import { tableAt } from './tables.ts';
import { leadingTargets, listedTargets, membersOfClass, type Target } from './targets.ts';
import { Topics } from './topics.ts';

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
  /** An item that names somebody and ends in a colon: what stands below it is what for. */
  topics: Topics | undefined;
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
    topics: undefined,
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
  walk.topics?.hear(walk.passage.text, line);
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
  const before = walk.relations.length;
  if (said?.meaning) listItem(walk, said, said.meaning, line);
  else escalation(walk, line);
  if (walk.passage.text[line.end - 1] !== ':' || walk.relations.length === before) return;
  walk.topics = new Topics(walk.relations.splice(before), line);
  walk.relations.push(...walk.topics.relations);
}

/** "Escalate to @x" in a section on escalation: the one sentence whose words leave no doubt about the type. */
function escalation(walk: Walk, { start, end }: Line): void {
  const section = walk.headings.findLast(({ label }) => /\bescalat/i.test(label));
  const text = section && walk.passage.text.slice(start, Math.min(end, start + 400));
  const match = text && !isNegated(text) ? /\bescalates?\b[^.;@`]{0,40}?\bto\s+(?:the\s+)?(?=[@`])/i.exec(text) : null;
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

/** The names in a sentence of a section about names. */
function prose(walk: Walk, said: Over, from: number, to: number): void {
  const { passage, names, source } = walk;
  for (const { target, direction } of inSentence(passage.text, [from, to], names, {
    source,
    type: (said.meaning as Meaning).type,
  }))
    add(walk, said, target, 'likely', direction);
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
