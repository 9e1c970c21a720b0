import type { Condition, Measure } from '../team/condition.ts';
import { amount, milliseconds } from '../team/scenario-units.ts';
import type { Role } from '../team/team.ts';

/** What is known of work: labels with one value or several. */
export type Labels = Readonly<Record<string, unknown>>;

/** The booked work of some roles as a share of what they can do in a stretch of time, in milliseconds. */
export type LoadOf = (name: string | undefined, during: number) => number;

/** In words, why a condition holds; nothing where it does not. */
export function whyHolds({ word, labels, measures }: Condition, known: Labels, load: LoadOf): string | undefined {
  const reasons = [
    ...(word === undefined ? [] : [isSaid(word, known) ? `it is about ${word}` : undefined]),
    ...labels.map(([label, values]) => whyLabelled(label, values, known)),
    ...measures.map(([measure, bound]) => whyMeasured(measure, bound, load)),
  ];
  return reasons.includes(undefined) ? undefined : reasons.join(' and ');
}

function whyLabelled(label: string, values: readonly string[], known: Labels): string | undefined {
  const found = valuesOf(known[label]).find((value) => values.includes(value));
  return found === undefined ? undefined : `${label} is ${found}`;
}

function whyMeasured(measure: string, { of, lasting, bounds }: Measure, load: LoadOf): string | undefined {
  if (measure !== 'utilization') return undefined;
  const value = load(of, lasting === undefined ? 0 : milliseconds(lasting));
  if (!bounds.every(([name, bound]) => isWithin(value, name, amount(bound)))) return undefined;
  return `${measure}${of === undefined ? '' : ` of ${of}`} is ${Math.round(value * 100)}%`;
}

/** Whether a number keeps a bound. */
export function isWithin(value: number, name: 'at-least' | 'at-most' | 'above' | 'below', bound: number): boolean {
  if (name === 'at-least') return value >= bound;
  if (name === 'at-most') return value <= bound;
  return name === 'above' ? value > bound : value < bound;
}

function isSaid(word: string, labels: Labels): boolean {
  return Object.entries(labels).some(
    ([label, value]) => valuesOf(value).includes(word) || (label === word && value !== false),
  );
}

function valuesOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'object'
    ? Object.entries(value).flatMap(([key, inner]) => [key, String(inner)])
    : [String(value)];
}

const RANKS: readonly string[] = ['beginner', 'intermediate', 'advanced', 'expert'];

/** How far a role has the expertise that is asked for: by the label `expertise`, or by its skills that the text names. */
export function expertiseFor(
  role: Role,
  labels: Labels,
  text: string,
): { readonly rank: number; readonly why?: string } {
  const asked = labels['expertise'];
  const own = Object.entries(role.fields.expertise ?? {});
  const wanted =
    asked === undefined ? own.map(([skill]) => skill).filter((skill) => hasWord(text, skill)) : valuesOf(asked);
  const found = own.filter(([skill]) => wanted.includes(skill));
  const rank = found.reduce((sum, [, level]) => sum + RANKS.indexOf(String(level)) + 1, 0);
  return rank === 0 ? { rank } : { rank, why: `has ${found.map(([skill, level]) => `${skill}: ${level}`).join(', ')}` };
}

/** Whether a text holds a word, or several in a row, as whole words and ignoring case. */
export function hasWord(text: string, word: string): boolean {
  const [line, wanted] = [text.toLowerCase(), word.toLowerCase().trim()];
  if (wanted === '') return false;
  for (let at = line.indexOf(wanted); at !== -1; at = line.indexOf(wanted, at + 1))
    if (!isLetter(line[at - 1]) && !isLetter(line[at + wanted.length])) return true;
  return false;
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_]/u.test(character);
}
