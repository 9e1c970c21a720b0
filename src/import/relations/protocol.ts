import type { Passage } from '../found.ts';
import { type Line, linesOf } from './lines.ts';
import type { Names } from './names.ts';
import type { Conditions, LadderItem, LadderStep, Recovered } from './relation.ts';
import { labelIn } from './sections.ts';
import { namesWithin } from './targets.ts';

type Levels = Recovered['levels'];

/** What a text says of escalation and rank by fixed words: steps "Level 1: …", "Escalate when:" and "**Level:** …". */
export function protocolOf(
  source: string,
  passage: Passage,
  names: Names,
): { steps: LadderStep[]; conditions: Conditions[]; levels: Levels[number][] } {
  const { text } = passage;
  const steps: (LadderStep & { items: LadderItem[] })[] = [];
  const conditions: (Conditions & { items: { text: string; at: Conditions['at'] }[] })[] = [];
  const levels: Levels[number][] = [];
  let escalating: number | undefined;
  let open: 'step' | 'conditions' | undefined;
  for (const line of linesOf(text)) {
    if (line.kind === 'blank' || line.kind === 'code' || line.kind === 'row') continue;
    const parts = labelIn(text, line, line.kind === 'heading');
    const words = parts && wordsOf(text, line, parts.label);
    if (line.kind === 'heading') {
      if (escalating !== undefined && line.depth <= escalating) escalating = undefined;
      if (/\bescalat/i.test(words ?? '') && escalating === undefined) escalating = line.depth;
      open = undefined;
    }
    const step =
      words !== undefined && (escalating !== undefined || /\bescalat/i.test(words)) ? stepOf(words) : undefined;
    const at = passage.place(line.start, line.end);
    if (step) {
      steps.push({ ...step, at, items: [] });
      open = 'step';
    } else if (parts && ESCALATE_WHEN.test(parts.label)) {
      conditions.push({
        source,
        label: parts.label,
        at,
        items:
          parts.rest < line.end
            ? [{ text: text.slice(parts.rest, line.end), at: passage.place(parts.rest, line.end) }]
            : [],
      });
      open = 'conditions';
    } else if (
      parts &&
      RANK.test(parts.label) &&
      line.kind !== 'heading' &&
      parts.rest < line.end &&
      line.end - parts.rest <= 40
    ) {
      levels.push({
        source,
        level: text.slice(parts.rest, line.end).replace(/[`*]/g, '').trim(),
        at: passage.place(parts.rest, line.end),
      });
    } else if (line.kind === 'item' && open === 'step')
      steps.at(-1)?.items.push({ text: text.slice(line.start, line.end), at, targets: targetsOf(text, line, names) });
    else if (line.kind === 'item' && open === 'conditions')
      conditions.at(-1)?.items.push({ text: text.slice(line.start, line.end), at });
    else if (line.kind === 'text' && parts && parts.rest >= line.end)
      open = open === 'step' && /^action$/i.test(parts.label) ? open : undefined;
    else if (line.kind === 'text' && open === 'conditions') open = undefined;
  }
  const known = new Set(steps.map(({ level }) => level));
  return {
    steps: known.has(1) && known.size > 1 ? steps : [],
    conditions: conditions.filter(({ items }) => items.length > 0),
    levels,
  };
}

const ESCALATE_WHEN =
  /^(?:when to escalate|escalate (?:immediately )?(?:when|if)|escalation (?:triggers|criteria|conditions))(?: (?:if|when))?$/i;
const RANK = /^(?:level|tier|layer|rank)$/i;

function wordsOf(text: string, line: Line, label: string): string {
  return line.kind === 'heading' || /^(?:level|tier|step)\s*\d+$/i.test(label)
    ? text
        .slice(line.start, Math.min(line.end, line.start + 160))
        .replace(/[*_]/g, '')
        .trim()
    : label;
}

function stepOf(words: string): Omit<LadderStep, 'at' | 'items'> | undefined {
  const match = /^[^\p{L}\p{N}]{0,4}(?:level|tier|step)\s{0,3}(\d{1,2})\s{0,3}[:.–—-]\s{0,3}(.{1,140})$/iu.exec(words);
  if (!match) return undefined;
  const title = (match[2] as string).replace(/:$/, '').trim();
  const by = handlerOf(title);
  return { level: Number(match[1]), title, ...(by ? { by } : {}) };
}

function handlerOf(title: string): LadderStep['by'] {
  const word = /\b(self|peers?|coordinator|delegator|manager|lead|strategic|director|human|user|person)\b/i
    .exec(title)?.[1]
    ?.toLowerCase();
  if (word === undefined) return undefined;
  if (word === 'self') return 'self';
  if (word.startsWith('peer')) return 'peers';
  if (/^(?:coordinator|delegator|manager|lead)$/.test(word)) return 'delegator';
  return /^(?:human|user|person)$/.test(word) ? 'person' : 'escalates-to';
}

function targetsOf(text: string, line: Line, names: Names): string[] {
  const known = namesWithin(text, line.start, line.end, names).map(({ written }) => written);
  const handles =
    text.slice(line.start, Math.min(line.end, line.start + 500)).match(/@[\p{L}][\p{L}\p{N}_-]{1,60}/gu) ?? [];
  return [...new Set([...known, ...handles.map((handle) => handle.slice(1))])];
}
