import type { Passage } from '../found.ts';
import { labelIn } from './line-labels.ts';
import { type Line, linesOf } from './lines.ts';
import type { Names } from './names.ts';
import type { Relation } from './relation.ts';
import { listedTargets, type Target } from './targets.ts';

/** A heading over a chain of command. */
const HIERARCHY = /\b(?:hierarch|chain of command|reporting (?:line|structure)|organi[sz]ational)/i;

/**
 * The relations of a chain of command that says where its reader stands: `Director → Lead → Builder (YOU)`, and below it
 * `Team: [a, b]`. It is often drawn among code.
 */
export function relationsInChains(source: string, passage: Passage, names: Names): Relation[] {
  const { text } = passage;
  if (!HIERARCHY.test(text)) return [];
  const relations: Relation[] = [];
  let evidence: string | undefined;
  let stands = false;
  for (const line of linesOf(text)) {
    if (line.kind === 'heading') {
      const words = text.slice(line.start, line.end);
      [evidence, stands] = [HIERARCHY.test(words) ? words : undefined, false];
    }
    if (line.kind === 'heading' || evidence === undefined) continue;
    const chain = chainIn(text, line, names);
    const found = chain ?? (stands ? teamIn(text, line, names) : []);
    stands ||= chain !== undefined;
    for (const [type, target] of found) relations.push(relationOf({ source, passage, evidence }, type, target));
  }
  return relations;
}

type Typed = readonly [type: Relation['type'], target: Target];

function relationOf(
  { source, passage, evidence }: { source: string; passage: Passage; evidence: string },
  type: Relation['type'],
  { written, start, end, resolution }: Target,
): Relation {
  const at = passage.place(start, end);
  return { type, source, target: written, resolution, at, pattern: 'heading', evidence, confidence: 'likely' };
}

const ARROW = /→|⇒|->/g;

/** Who stands before and behind the one that a chain calls "YOU". */
function chainIn(text: string, line: Line, names: Names): Typed[] | undefined {
  const words = text.slice(line.start, Math.min(line.end, line.start + 300));
  const you = /\(you\)|\bYOU\b/i.exec(words)?.index;
  const arrows = [...words.matchAll(ARROW)];
  if (you === undefined || arrows.length === 0) return undefined;
  const ends = arrows.map(({ index }) => index);
  const starts = arrows.map((arrow) => arrow.index + arrow[0].length);
  const at = ends.filter((end) => end < you).length;
  const link = (index: number): Target[] => {
    const [from, to] = [index === 0 ? 0 : (starts[index - 1] as number), ends[index] ?? words.length];
    return listedTargets(text, line.start + from + blanks(words, from), line.start + to, names, 'names').slice(0, 1);
  };
  const before = at > 0 ? link(at - 1).map((target): Typed => ['reports-to', target]) : [];
  const behind = at < arrows.length ? link(at + 1).map((target): Typed => ['delegates-to', target]) : [];
  return [...before, ...behind].filter(([, { resolution }]) => resolution.kind !== 'group');
}

/** The names in brackets of the team below a chain. */
function teamIn(text: string, line: Line, names: Names): Typed[] {
  const label = labelIn(text, line, false);
  if (!label || !/\b(?:team|reports|members)$/i.test(label.label) || text[label.rest] !== '[') return [];
  const close = text.indexOf(']', label.rest);
  if (close === -1 || close > line.end) return [];
  return listedTargets(text, label.rest + 1, close, names, 'names').map((target): Typed => ['delegates-to', target]);
}

function blanks(words: string, from: number): number {
  return words.slice(from).length - words.slice(from).trimStart().length;
}
