import { below, type Place } from '../text/place.ts';
import { conditionsOf } from './condition.ts';
import { items, listOf } from './items.ts';
import type { Draft, Scope } from './scope.ts';
import { EDGE_TYPES, type Edge, type EdgeType, type Reference } from './team.ts';

/** An item of a relation as it was written in full. */
interface WrittenEdge {
  readonly role?: string | readonly string[];
  readonly group?: string;
  readonly person?: string;
  readonly for?: string | string[];
  readonly when?: Parameters<typeof conditionsOf>[0];
  readonly because?: string;
  readonly keywords?: string | string[];
  readonly with?: unknown;
  readonly approval?: string;
  readonly 'max-rounds'?: number;
  readonly gate?: string | string[];
  readonly context?: { readonly include?: string | string[]; readonly exclude?: string | string[] };
  readonly direction?: 'in' | 'out' | 'both';
  readonly sla?: string;
  readonly every?: string;
  readonly path?: string;
  readonly include?: string | string[];
}

/** A role's relations, in the order of the language and of the document. */
export function edgesOf(draft: Draft, scope: Scope): readonly Edge[] {
  return EDGE_TYPES.flatMap((type) =>
    items(draft.fields[type] as WrittenEdge | string | readonly (WrittenEdge | string)[]).map(({ item, steps }) =>
      typeof item === 'string'
        ? shortEdge(
            type,
            draft,
            scope.references(item, draft.place(type, ...steps), draft),
            draft.place(type, ...steps),
          )
        : fullEdge(type, draft, item as WrittenEdge, draft.place(type, ...steps), scope),
    ),
  );
}

function shortEdge(type: EdgeType, from: Draft, to: readonly Reference[], at: Place): Edge {
  return { type, from, to, at, for: [], when: [], keywords: [], with: [], gates: [], include: [] };
}

function fullEdge(type: EdgeType, from: Draft, item: WrittenEdge, at: Place, scope: Scope): Edge {
  const { because, direction, sla, every, path, context } = item;
  return {
    ...shortEdge(type, from, scope.references(item, at, from), at),
    for: listOf(item.for),
    when: conditionsOf(item.when),
    keywords: listOf(item.keywords),
    with: scope.references(item.with, below(at, 'with'), from),
    gates: listOf(item.gate),
    include: listOf(item.include),
    ...(because === undefined ? {} : { because }),
    ...(direction === undefined ? {} : { direction }),
    ...(sla === undefined ? {} : { sla }),
    ...(every === undefined ? {} : { every }),
    ...(path === undefined ? {} : { path }),
    ...(context === undefined
      ? {}
      : { context: { include: listOf(context.include), exclude: listOf(context.exclude) } }),
    ...(item.approval === undefined ? {} : { approval: scope.person(item.approval, below(at, 'approval'), from) }),
    ...(item['max-rounds'] === undefined ? {} : { maxRounds: item['max-rounds'] }),
  };
}
