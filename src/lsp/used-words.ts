import { entries, listOf } from '../team/items.ts';
import type { Team } from '../team/team.ts';

/** The labels of work that roles of the team take, each with the values that they take it with. */
export function labelsOf({ roles }: Team): ReadonlyMap<string, ReadonlySet<string>> {
  const labels = new Map<string, Set<string>>();
  for (const { fields } of roles.values())
    for (const [label, values] of entries(fields.accepts)) {
      const known = labels.get(label) ?? new Set();
      for (const value of listOf(values)) known.add(value);
      labels.set(label, known);
    }
  return labels;
}

/** The fields that messages and hand-offs of the team have. */
export function fieldsOfMessages({ roles }: Team): readonly string[] {
  const all = [...roles.values()].flatMap(({ fields: { messages, handoff } }) => [
    ...entries(messages).map(([, message]) => message),
    ...(handoff ? [handoff] : []),
  ]);
  return [
    ...new Set(
      all.flatMap(({ required, optional, fields }) => [
        ...listOf(required),
        ...listOf(optional),
        ...Object.keys(fields ?? {}),
      ]),
    ),
  ];
}

/** The words that roles of the team have in a field. */
export function wordsIn(field: 'department' | 'categories' | 'tags', { roles }: Team): readonly string[] {
  return [...new Set([...roles.values()].flatMap(({ fields }) => listOf(fields[field])))];
}
