import type { Condition } from '../team/condition.ts';
import type { Edge, Role } from '../team/team.ts';
import { isHit, partsOf, plainWords } from './keywords.ts';

/** One way in which an edge gets work: one of its keywords, under one of its conditions. */
export interface Way {
  /** The position of the keyword on the edge; nothing where the edge has none. */
  readonly keyword: number | undefined;
  /** The last of the later edges that hold whenever this way is open: it takes the work. */
  readonly taker: Edge | undefined;
}

/** A delegation that holds under conditions only, with all the ways in which it gets work. */
export interface RoutedEdge {
  readonly edge: Edge;
  readonly ways: readonly Way[];
}

/** Whether an edge holds under conditions only; the others are the fallback. */
export function isConditional({ when, keywords }: Edge): boolean {
  return when.length > 0 || keywords.length > 0;
}

/**
 * How a role's conditional delegations get work from each other: of the edges that hold the last one takes it, an edge
 * without conditions only where no other holds. An edge that is bounded by `max-rounds` takes nothing for good. It is worked
 * out once for each role.
 */
export function routesOf(role: Role): readonly RoutedEdge[] {
  const routes = known.get(role) ?? route(role);
  known.set(role, routes);
  return routes;
}

const known = new WeakMap<Role, readonly RoutedEdge[]>();

function route(role: Role): readonly RoutedEdge[] {
  const edges = role.edges.filter((edge) => edge.type === 'delegates-to' && isConditional(edge));
  if (role.fields.delegation?.parallel === true || edges.length < 2) return [];
  const takers = new Map<string, number[]>();
  for (const [position, edge] of edges.entries()) {
    if (edge.maxRounds !== undefined) continue;
    for (const key of keysOf(edge)) {
      const others = takers.get(key);
      if (others) others.push(position);
      else takers.set(key, [position]);
    }
  }
  return edges.map((edge, position) => ({
    edge,
    ways: waysOf(edge).map(([keyword, condition]) => ({ keyword, taker: takerOf(position, keyword, condition) })),
  }));

  function takerOf(position: number, keyword: number | undefined, when: Condition | undefined): Edge | undefined {
    const word = keyword === undefined ? undefined : edges[position]!.keywords[keyword]!;
    let last = position;
    for (const key of [
      ...(word === undefined ? [] : partsOf(word).map(ofKeyword)),
      ...(when ? ofCondition(when) : []),
    ]) {
      const found = takers.get(key)?.findLast((other) => other > last && holds(edges[other]!, word, when));
      if (found !== undefined) last = found;
    }
    return last === position ? undefined : edges[last];
  }
}

type Alternative = readonly [keyword: number | undefined, condition: Condition | undefined];

function waysOf({ keywords, when }: Edge): readonly Alternative[] {
  const words = keywords.length > 0 ? keywords.map((_, at) => at) : [undefined];
  return words.flatMap((word) => (when.length > 0 ? when : [undefined]).map((one): Alternative => [word, one]));
}

/** Whether an edge holds for every request with a keyword, under a condition. */
function holds(edge: Edge, word: string | undefined, condition: Condition | undefined): boolean {
  const byWord = edge.keywords.length === 0 || (word !== undefined && edge.keywords.some((own) => isHit(own, word)));
  const byCondition =
    edge.when.length === 0 || (condition !== undefined && edge.when.some((own) => implies(condition, own)));
  return byWord && byCondition;
}

/** Whether the second condition holds wherever the first does, as far as their form shows it. */
export function implies(given: Condition, wanted: Condition): boolean {
  if (given.word !== undefined || wanted.word !== undefined) return given.word === wanted.word;
  return (
    wanted.labels.every(([label, values]) =>
      given.labels.some(([own, some]) => own === label && some.every((value) => values.includes(value))),
    ) &&
    wanted.measures.every(([name, bound]) =>
      given.measures.some(([own, other]) => own === name && JSON.stringify(other) === JSON.stringify(bound)),
    )
  );
}

/** Under which keys an edge is found by those whose work it may take. */
function keysOf({ keywords, when }: Edge): ReadonlySet<string> {
  if (keywords.length > 0) return new Set(keywords.map((word) => ofKeyword(plainWords(word))));
  return new Set(
    when.flatMap(({ word, labels: [label], measures: [measure] }) => {
      if (word !== undefined) return [`word ${word}`];
      if (label) return label[1].map((value) => `label ${label[0]} ${value}`);
      return measure ? [`measure ${measure[0]}`] : [];
    }),
  );
}

function ofKeyword(word: string): string {
  return `keyword ${word}`;
}

/** The keys under which edges lie that may hold wherever a condition does. */
function ofCondition({ word, labels, measures }: Condition): readonly string[] {
  return [
    ...(word === undefined ? [] : [`word ${word}`]),
    ...labels.map(([label, [value]]) => `label ${label} ${value}`),
    ...measures.map(([name]) => `measure ${name}`),
  ];
}
