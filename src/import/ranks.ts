import type { Draft } from './draft.ts';

/** Words for ranks, the highest first; those in one line are equal. */
const WORDS: readonly (readonly string[])[] = [
  ['board', 'owner'],
  ['executive', 'c-level', 'chief', 'strategic'],
  ['director', 'head'],
  ['manager', 'tactical'],
  ['lead', 'coordinator', 'orchestrator', 'operational'],
  ['principal', 'staff'],
  ['senior', 'specialist', 'expert'],
  ['worker', 'developer', 'engineer', 'mid', 'ic', 'executor'],
  ['junior', 'intern'],
  ['assistant', 'support', 'utility'],
];

/**
 * Puts the levels of drafts into an order, the highest first. Levels are numbers (0 or 1 is the highest, as the field
 * has it), codes such as `020-lead-backend`, or words for ranks. What has no place in the order is kept under
 * `x-level` as its author wrote it.
 */
export function rank(drafts: readonly Draft[], own: ReadonlySet<Draft> = new Set()): readonly string[] {
  const said = drafts.flatMap((draft) => {
    const level = draft.fields['level'];
    return typeof level === 'string' ? [{ draft, level }] : [];
  });
  if (said.length === 0) return [];
  for (const { draft, level } of said) if (!own.has(draft)) splitCode(draft, level);
  const numbers = said.some(({ draft }) => NUMBER.test(String(draft.fields['level'])));
  const ranks = new Map<string, number>();
  for (const { draft } of said) {
    const level = String(draft.fields['level']);
    const place = NUMBER.test(level) === numbers ? rankOf(level) : undefined;
    const taken = [...ranks].some(([other, rank]) => rank === place && other !== level);
    if (own.has(draft)) ranks.set(level, place ?? WORDS.length);
    else if (place === undefined || taken) keepAside(draft, level);
    else ranks.set(level, place);
  }
  return [...ranks].toSorted(([, a], [, b]) => a - b).map(([level]) => level);
}

const NUMBER = /^\d+$/;

function keepAside(draft: Draft, level: string): void {
  draft.fields['x-level'] ??= level;
  delete draft.fields['level'];
}

/** A code that holds rank, word and department (`020-lead-backend`) becomes level and department. */
function splitCode(draft: Draft, level: string): void {
  const [, word, department] = /^\d{2,3}-([a-z]+)(?:-(.+))?$/i.exec(level) ?? [];
  if (word === undefined || rankOf(word.toLowerCase()) === undefined) return;
  const at = draft.placesBelow([]).find(({ pointer }) => pointer.length === 1 && pointer[0] === 'level');
  draft.fields['level'] = word.toLowerCase();
  draft.fields['x-level'] = level;
  if (department === undefined || draft.fields['department'] !== undefined || !at) return;
  draft.set('department', department, at.at, { from: 'the code of the level' });
}

function rankOf(level: string): number | undefined {
  if (/^\d+$/.test(level)) return Number(level);
  const word = level.toLowerCase();
  const found = WORDS.findIndex((words) => words.includes(word));
  return found === -1 ? undefined : found;
}
