import type { Line } from './lines.ts';

/** The label that a line begins with, and where the rest begins: `**Label:** rest`, `Label: rest`; a whole heading is one. */
export function labelIn(
  text: string,
  { start, end }: Line,
  heading: boolean,
): { label: string; rest: number } | undefined {
  const window = text.slice(start, Math.min(end, start + 120));
  const bold = /^(?:[^\p{L}\p{N}`@[*_]{0,6})(\*\*|__)([^*\n]{1,80}?)\1\s*[:：]?\s*/u.exec(window);
  if (
    bold &&
    (/[:：]\s*(?:\*\*|__)?\s*$/.test(bold[0]) || /[:：]\s*$/.test(bold[2] as string) || bold[0].length >= end - start)
  )
    return { label: (bold[2] as string).replace(/[:：]\s*$/, '').trim(), rest: start + bold[0].length };
  const plain = /^([^:：`@[|{}<>"]{1,60})(?:：|:(?=\s|$|\*))[*_]*\s*/u.exec(window);
  if (plain) return { label: (plain[1] as string).replace(/[*_]/g, '').trim(), rest: start + plain[0].length };
  return heading && end - start <= 100 ? { label: window.replace(/[*_]/g, '').trim(), rest: end } : undefined;
}

/** A bold label with its colon, inside or behind the marks. */
const BOLD = /\*\*([^*\n]{1,60}?)(?:[:：]\s?\*\*|\*\*\s?[:：])\s{0,9}/;

/** As much of a line as is searched for labels. */
const LONGEST = 2000;

/** Where what belongs to the first label of a line ends: before the next one. */
export function firstEnd(text: string, rest: number, { end }: Line): number {
  const next = BOLD.exec(text.slice(rest, Math.min(end, rest + LONGEST)));
  return next ? rest + next.index : end;
}

/** The labels that stand further on in a line, and what belongs to each, up to a dot or bar between them. */
export function labelsWithin(text: string, { start, end }: Line): { label: string; from: number; to: number }[] {
  const line = text.slice(start, Math.min(end, start + LONGEST));
  const labels = [...line.matchAll(new RegExp(BOLD, 'g'))];
  return labels.flatMap((match, index) => {
    if (match.index < 2) return [];
    const from = match.index + match[0].length;
    const rest = line.slice(from, labels[index + 1]?.index ?? line.length);
    const length = /\s[·•|]\s/.exec(rest)?.index ?? rest.length;
    return [{ label: match[1] as string, from: start + from, to: start + from + length }];
  });
}
