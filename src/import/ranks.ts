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
 * has it), codes such as `020-lead-backend`, or words for ranks. Where they can't be ordered there is none, and what the
 * authors wrote is kept under `x-level`.
 */
export function rank(drafts: readonly Draft[]): readonly string[] {
  const said = drafts.flatMap((draft) => {
    const level = draft.fields['level'];
    return typeof level === 'string' ? [{ draft, level }] : [];
  });
  if (said.length === 0) return [];
  for (const { draft, level } of said) splitCode(draft, level);
  const levels = [...new Set(said.map(({ draft }) => String(draft.fields['level'])))];
  const ranks = levels.map((level) => ({ level, rank: rankOf(level) }));
  const known = ranks.every(({ rank: one }) => one !== undefined);
  const numbers = ranks.every(({ level }) => /^\d+$/.test(level));
  const words = ranks.every(({ level }) => !/^\d+$/.test(level));
  const distinct = new Set(ranks.map(({ rank: one }) => one)).size === ranks.length;
  if (known && distinct && (numbers || words))
    return ranks.toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0)).map(({ level }) => level);
  for (const { draft, level } of said) {
    draft.fields['x-level'] = level;
    delete draft.fields['level'];
  }
  return [];
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
