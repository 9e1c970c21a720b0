import type { Draft } from './draft.ts';
import type { FoundLadder } from './ladder.ts';
import type { OwnDraft } from './own/translate.ts';
import { rank } from './ranks.ts';
import type { Common } from './reader.ts';
import { READERS } from './readers.ts';
import type { Related } from './relate.ts';

interface TeamParts {
  readonly common: Common | undefined;
  readonly related: Related;
  readonly ladder: FoundLadder | undefined;
  readonly own: ReadonlySet<Draft>;
}

/** What the team file says: where work comes in, people, levels, models, and what the platform's settings hold. */
export function definitionOf(
  name: string,
  drafts: readonly Draft[],
  { common, related, ladder, own }: TeamParts,
): Readonly<Record<string, unknown>> {
  const levels = rank(drafts, own);
  const people = related.people.filter(({ id }) => id !== 'user');
  const models = new Map<string, Record<string, string>>();
  for (const { fields, agent } of drafts) {
    const model = fields['model'];
    if (typeof model !== 'string') continue;
    const target = READERS[agent.platform]!.target;
    models.set(model, { ...models.get(model), [target]: model });
  }
  return {
    teamc: 1,
    name,
    entry: entriesOf(drafts),
    ...(people.length > 0
      ? { people: Object.fromEntries(people.map((person) => [person.id, { description: person.name }])) }
      : {}),
    ...(levels.length > 0 ? { levels } : {}),
    ...(models.size > 0 ? { models: Object.fromEntries(models) } : {}),
    ...common?.definition,
    ...(ladder ? { escalation: ladder.steps.map(({ step }) => step) } : {}),
  };
}

/**
 * Where requests come in: the main thread may start any agent, so these are all to whom nobody hands work, and for rings
 * that nobody else leads to, their first.
 */
function entriesOf(drafts: readonly Draft[]): readonly string[] {
  const next = new Map(drafts.map(({ agent, fields }) => [agent.id, namesIn(fields['delegates-to'])]));
  const given = new Set([...next].flatMap(([id, names]) => names.filter((name) => name !== id)));
  const entries = drafts.map(({ agent }) => agent.id).filter((id) => !given.has(id));
  const reached = new Set<string>();
  const reach = (start: string): void => {
    const queue = [start];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (reached.has(id)) continue;
      reached.add(id);
      queue.push(...(next.get(id) ?? []));
    }
  };
  for (const id of entries) reach(id);
  for (const { agent } of drafts)
    if (!reached.has(agent.id)) {
      entries.push(agent.id);
      reach(agent.id);
    }
  return entries;
}

function namesIn(edges: unknown): readonly string[] {
  if (!Array.isArray(edges)) return [];
  return edges.flatMap((item: unknown) => {
    const role = typeof item === 'object' && item !== null && 'role' in item ? item.role : item;
    return (Array.isArray(role) ? role : [role]).filter((name): name is string => typeof name === 'string');
  });
}

/** What the sections of files that teamc wrote say of the team as a whole. */
export function ownDefinition(own: readonly OwnDraft[]): Readonly<Record<string, unknown>> {
  const groups = new Map(own.flatMap(({ named }) => [...named.groups]));
  const people = new Set(own.flatMap(({ named }) => [...named.people]));
  people.delete('user');
  const escalation = own.find((one) => one.escalation !== undefined)?.escalation;
  return {
    ...(groups.size > 0 ? { groups: Object.fromEntries(groups) } : {}),
    ...(people.size > 0 ? { people: Object.fromEntries([...people].map((id) => [id, {}])) } : {}),
    ...(escalation === undefined ? {} : { escalation }),
  };
}
