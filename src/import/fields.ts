import type { Pointer } from '../text/place.ts';
import type { Draft } from './draft.ts';

/** What a key of front matter must hold to be a field of the language, and how it is written there. */
type Read = (value: unknown) => unknown;

const text: Read = (value) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined);
const word: Read = (value) => (typeof value === 'number' ? String(value) : text(value));
const flag: Read = (value) => (typeof value === 'boolean' ? value : undefined);

/** A list of texts, or texts with commas between them. */
const texts: Read = (value) => {
  const list = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const words = list.map((item: unknown) => (typeof item === 'number' ? String(item) : item));
  return words.every((item) => typeof item === 'string' && item.trim() !== '')
    ? words.map((item) => String(item).trim())
    : undefined;
};

const number =
  (least: number, most: number): Read =>
  (value) =>
    typeof value === 'number' && value >= least && value <= most ? value : undefined;

const turns: Read = (value) => (Number.isInteger(value) && (value as number) > 0 ? value : undefined);

/** Keys that mean the same wherever they stand, by their plain spelling: lower case, without separators. */
const COMMON: Readonly<Record<string, readonly [field: string, read: Read]>> = {
  description: ['description', text],
  whentouse: ['when-to-use', texts1],
  proactive: ['proactive', flag],
  icon: ['icon', text],
  emoji: ['icon', text],
  color: ['color', text],
  colour: ['color', text],
  level: ['level', word],
  department: ['department', text],
  categories: ['categories', texts],
  category: ['categories', texts],
  tags: ['tags', texts],
  aliases: ['aliases', texts],
  version: ['version', word],
  temperature: ['temperature', number(0, 2)],
  maxturns: ['max-turns', turns],
  capabilities: ['capabilities', texts],
  responsibilities: ['responsibilities', texts],
  priorities: ['priorities', texts],
  mission: ['mission', text],
};

function texts1(value: unknown): unknown {
  return typeof value === 'string' ? text(value) : texts(value);
}

/** A key without its separators and capitals: `when_to_use` and `whenToUse` are one. */
export function plainKey(key: string): string {
  return key.toLowerCase().replace(/[_\s.-]/g, '');
}

/**
 * Makes fields of all keys that mean the same wherever they stand. What does not fit stays the author's own key. Keys
 * that the platform's reader has taken, or that a field is already made of, are left alone.
 */
export function commonFields(draft: Draft): void {
  for (const [key, value] of Object.entries(draft.agent.data)) {
    const common = Object.hasOwn(COMMON, plainKey(key)) ? COMMON[plainKey(key)] : undefined;
    if (!common || draft.understood.has(key) || draft.fields[common[0]] !== undefined) continue;
    const made = common[1](value);
    if (made !== undefined) take(draft, key, common[0], made);
  }
}

/** Makes a field of a key of front matter; lists keep the places of their items. */
export function take(draft: Draft, key: string, field: string, value: unknown): void {
  const { agent } = draft;
  draft.understood.add(key);
  draft.set(field, value, agent.place([key]));
  draft.say([field], agent.place([key]), agent.place([key], 'key'));
  if (Array.isArray(value) && Array.isArray(agent.data[key]))
    for (const index of value.keys()) draft.say([field, index], agent.place([key, index]));
}

/** Keeps what the author wrote under keys that are nobody's: as `x-` keys, which never reach a platform by themselves. */
export function keepUnknown(draft: Draft): void {
  for (const [key, value] of Object.entries(draft.agent.data)) {
    if (draft.understood.has(key) || value === undefined) continue;
    const kept = key.startsWith('x-') ? key : `x-${key}`;
    draft.fields[kept] = value;
    draft.say([kept], draft.agent.place([key]), draft.agent.place([key], 'key'));
  }
}

/** Puts a platform's own field under `targets`, as it is. */
export function keepForTarget(draft: Draft, target: string, key: string, value: unknown, from: Pointer = [key]): void {
  const targets = (draft.fields['targets'] ?? {}) as Readonly<Record<string, object>>;
  draft.fields['targets'] = { ...targets, [target]: { ...targets[target], [key]: value } };
  draft.say(['targets', target, key], draft.agent.place(from), draft.agent.place(from, 'key'));
  if (typeof from[0] === 'string') draft.understood.add(from[0]);
}
