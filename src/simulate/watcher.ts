import { amount, milliseconds } from '../team/scenario-units.ts';
import { type Edge, personsOf, type Role, type Team, targets } from '../team/team.ts';
import { isWithin } from './conditions.ts';

/** An escalation edge that depends on how much work roles have, made ready. */
export interface Watcher {
  readonly edge: Edge;
  /** Names it in the state. */
  readonly key: string;
  /** Who is told: the id of a role or a person. */
  readonly to: string | undefined;
  readonly conditions: readonly Watched[];
}

/** One of its conditions: bounds that all must hold. */
export interface Watched {
  readonly measures: readonly WatchedLoad[];
}

interface WatchedLoad {
  readonly of: string | undefined;
  readonly roles: readonly Role[];
  /** Milliseconds. */
  readonly during: number;
  isHeld(load: number): boolean;
}

/** Makes an edge ready; nothing for an edge that waits for something else than a load. */
export function watcherOf(edge: Edge, team: Team): Watcher | undefined {
  const { type, when, from, to, at } = edge;
  if (type !== 'escalates-to' || !when.some(({ measures }) => measures.length > 0)) return undefined;
  // No work is looked at here, so that conditions of labels or words never hold.
  const own = when.filter(({ word, labels }) => word === undefined && labels.length === 0);
  return {
    edge,
    key: `${from.id} ${at.pointer.join('/')}`,
    to: targets(edge)[0]?.id ?? personsOf(to)[0]?.id,
    conditions: own.flatMap(({ measures }) =>
      measures.every(([name]) => name === 'utilization')
        ? [{ measures: measures.map(([, { of, lasting, bounds }]) => loadWatched(team, of, lasting, bounds)) }]
        : [],
    ),
  };
}

type Bounds = Edge['when'][number]['measures'][number][1]['bounds'];

function loadWatched(team: Team, of: string | undefined, lasting: string | undefined, bounds: Bounds): WatchedLoad {
  const numbers = bounds.map(([name, bound]) => [name, amount(bound)] as const);
  return {
    of,
    roles: rolesCalled(team, of),
    during: lasting === undefined ? 0 : milliseconds(lasting),
    isHeld: (load) => numbers.every(([name, bound]) => isWithin(load, name, bound)),
  };
}

/** The roles that a measure is of: those of a group, or one. */
export function rolesCalled(team: Team, name: string | undefined): readonly Role[] {
  if (name === undefined) return [];
  const role = team.roles.get(name);
  return team.groups.get(name)?.members ?? (role ? [role] : []);
}
