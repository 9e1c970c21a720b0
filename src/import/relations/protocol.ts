import type { Passage } from '../found.ts';
import { labelIn } from './line-labels.ts';
import { type Line, linesOf } from './lines.ts';
import type { Names } from './names.ts';
import { namesWithin } from './names-within.ts';
import type { Conditions, LadderItem, LadderStep, Recovered } from './relation.ts';

/** What a text says of escalation and rank by fixed words. */
export interface Protocol {
  readonly steps: readonly LadderStep[];
  readonly conditions: readonly Conditions[];
  readonly levels: Recovered['levels'];
}

type Step = LadderStep & { readonly items: LadderItem[] };
type Listed = Conditions & { readonly items: Conditions['items'][number][] };

interface Walk {
  readonly source: string;
  readonly passage: Passage;
  readonly names: Names;
  readonly steps: Step[];
  readonly conditions: Listed[];
  readonly levels: Recovered['levels'][number][];
  /** The level of the heading that speaks of escalation. */
  escalating: number | undefined;
  /** What the items of a list are added to. */
  open: Step | Listed | undefined;
}

/** Reads the steps "Level 1: …" below a heading about escalation, lists "Escalate when:", and "**Level:** …". */
export function protocolOf(source: string, passage: Passage, names: Names): Protocol {
  const none = { steps: [], conditions: [], levels: [] };
  if (!/\bescalat|\b(?:level|tier|layer|rank)\b/i.test(passage.text)) return none;
  const walk: Walk = { source, passage, names, ...none, escalating: undefined, open: undefined };
  for (const line of linesOf(passage.text)) step(walk, line);
  const known = new Set(walk.steps.map(({ level }) => level));
  return {
    steps: known.has(1) && known.size > 1 ? walk.steps : [],
    conditions: walk.conditions.filter(({ items }) => items.length > 0),
    levels: walk.levels,
  };
}

function step(walk: Walk, line: Line): void {
  if (!['heading', 'text', 'item'].includes(line.kind)) return;
  const label = labelIn(walk.passage.text, line, line.kind === 'heading');
  const title = label && titleOf(walk.passage.text, line, label.label);
  if (line.kind === 'heading') section(walk, line, title ?? '');
  if (
    label &&
    title !== undefined &&
    (rung(walk, line, title) || conditions(walk, line, label) || rank(walk, line, label))
  )
    return;
  if (line.kind === 'item') item(walk, line);
  else if (line.kind === 'text' && !(label && /^action$/i.test(label.label))) walk.open = undefined;
}

function section(walk: Walk, line: Line, title: string): void {
  if (walk.escalating !== undefined && line.depth <= walk.escalating) walk.escalating = undefined;
  if (walk.escalating === undefined && /\bescalat/i.test(title)) walk.escalating = line.depth;
  walk.open = undefined;
}

interface Label {
  readonly label: string;
  readonly rest: number;
}

function rung(walk: Walk, line: Line, title: string): boolean {
  const found = walk.escalating !== undefined || /\bescalat/i.test(title) ? stepOf(title) : undefined;
  if (!found) return false;
  walk.open = { ...found, at: walk.passage.place(line.start, line.end), items: [] };
  walk.steps.push(walk.open);
  return true;
}

const ESCALATE_WHEN =
  /^(?:when to escalate|escalate (?:immediately )?(?:when|if)|escalation (?:triggers|criteria|conditions))(?: (?:if|when))?$/i;

function conditions(walk: Walk, line: Line, { label, rest }: Label): boolean {
  if (!ESCALATE_WHEN.test(label)) return false;
  const { source, passage, names } = walk;
  walk.open = { source, label, at: passage.place(line.start, line.end), items: [] };
  if (rest < line.end)
    walk.open.items.push({
      text: passage.text.slice(rest, line.end),
      at: passage.place(rest, line.end),
      targets: targetsOf(passage.text, { ...line, start: rest }, names),
    });
  walk.conditions.push(walk.open);
  return true;
}

function rank({ source, passage, levels }: Walk, line: Line, { label, rest }: Label): boolean {
  if (
    !/^(?:level|tier|layer|rank)$/i.test(label) ||
    line.kind === 'heading' ||
    rest >= line.end ||
    line.end - rest > 40
  )
    return false;
  const level = passage.text.slice(rest, line.end).replace(/[`*]/g, '').trim();
  levels.push({ source, level, at: passage.place(rest, line.end) });
  return true;
}

function item({ passage, names, open }: Walk, line: Line): void {
  if (!open) return;
  const text = passage.text.slice(line.start, line.end);
  const at = passage.place(line.start, line.end);
  open.items.push({ text, at, targets: targetsOf(passage.text, line, names) });
}

function titleOf(text: string, line: Line, label: string): string {
  const whole = line.kind === 'heading' || /^(?:level|tier|step)\s*\d+$/i.test(label);
  return whole
    ? text
        .slice(line.start, Math.min(line.end, line.start + 160))
        .replace(/[*_]/g, '')
        .trim()
    : label;
}

function stepOf(title: string): Omit<LadderStep, 'at' | 'items'> | undefined {
  const match = /^[^\p{L}\p{N}]{0,4}(?:level|tier|step)\s{0,3}(\d{1,2})\s{0,3}[:.–—-]\s{0,3}(.{1,140})$/iu.exec(title);
  if (!match) return undefined;
  const name = (match[2] as string).replace(/:$/, '').trim();
  const by = handlerOf(name);
  return { level: Number(match[1]), title: name, ...(by ? { by } : {}) };
}

const HANDLERS: Record<string, LadderStep['by']> = {
  self: 'self',
  peer: 'peers',
  peers: 'peers',
  coordinator: 'delegator',
  delegator: 'delegator',
  manager: 'delegator',
  lead: 'delegator',
  strategic: 'escalates-to',
  director: 'escalates-to',
  human: 'person',
  user: 'person',
  person: 'person',
};

function handlerOf(title: string): LadderStep['by'] {
  const words = title.toLowerCase().split(/[^a-z]+/);
  const word = words.find((one) => HANDLERS[one] !== undefined);
  return word === undefined ? undefined : HANDLERS[word];
}

function targetsOf(text: string, line: Line, names: Names): string[] {
  const known = namesWithin(text, line.start, line.end, names).map(({ written }) => written);
  const handles =
    text.slice(line.start, Math.min(line.end, line.start + 500)).match(/@[\p{L}][\p{L}\p{N}_-]{1,60}/gu) ?? [];
  return [...new Set([...known, ...handles.map((handle) => handle.slice(1))])];
}
