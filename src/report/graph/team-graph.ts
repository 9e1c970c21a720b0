import type { Edge, Person, Reference, Role, Team } from '../../team/team.ts';
import { visible } from '../visible.ts';

/** The relations that a picture shows; `receives-from` is only the other side of `delegates-to`. */
export const RELATIONS = ['delegates-to', 'escalates-to', 'reports-to', 'collaborates-with'] as const;

/** One of these relations. */
export type RelationName = (typeof RELATIONS)[number];

/** By what roles stand together: `auto` is the department, else the folder that a role's id begins with. */
export const GROUPINGS = ['auto', 'department', 'level', 'folder', 'none'] as const;

/** One of these groupings. */
export type Grouping = (typeof GROUPINGS)[number];

/** Which way a picture runs: top to bottom, left to right, or the other way round. */
export const DIRECTIONS = ['TB', 'LR', 'BT', 'RL'] as const;

/** One of these directions. */
export type Direction = (typeof DIRECTIONS)[number];

/** Somebody in the picture: a role, a person, or a name that leads nowhere. */
export interface GraphNode {
  readonly kind: 'role' | 'person' | 'unknown';
  readonly id: string;
  /** What people call it: its name, else its id. */
  readonly title: string;
  readonly level?: string;
  /** The group that it stands in. */
  readonly group?: string;
  /** Whether requests come in here. */
  readonly entry: boolean;
  readonly role?: Role;
}

/** A relation between two of them; several edges of a role that lead to the same one are one arc, and so is working together. */
export interface GraphArc {
  readonly type: RelationName;
  /** Positions in the nodes. */
  readonly from: number;
  readonly to: number;
  readonly edges: readonly Edge[];
}

/** A team, or a part of it, as nodes and arcs in document order. */
export interface TeamGraph {
  readonly team: Team;
  readonly nodes: readonly GraphNode[];
  readonly arcs: readonly GraphArc[];
  readonly relations: readonly RelationName[];
}

/** What of a team is wanted in a picture. */
export interface GraphWanted {
  readonly relations: readonly RelationName[];
  readonly groupBy: Grouping;
  /** Only what is at most so many arcs away from these roles. */
  readonly around?: { readonly roles: readonly Role[]; readonly depth: number };
}

/** Collects the nodes and arcs of a team. References to `self`, `peers` and `delegator` name nobody and are left out. */
export function teamGraph(team: Team, { relations, groupBy, around }: GraphWanted): TeamGraph {
  const nodes: GraphNode[] = [];
  const positions = new Map<string, number>();
  const place = (key: string, make: () => GraphNode): number => {
    const known = positions.get(key) ?? nodes.push(make()) - 1;
    positions.set(key, known);
    return known;
  };
  const groupOf = grouping(team, groupBy);
  const ofRole = (role: Role): number => place(`role ${role.id}`, () => roleNode(role, team, groupOf(role)));
  for (const role of team.roles.values()) ofRole(role);
  const wanted = team.edges.filter(({ type }) => relations.some((relation) => relation === type));
  const arcs = arcsOf(wanted, ofRole, (edge) => endsOf(edge.to, ofRole, place));
  const whole = { team, nodes, arcs, relations };
  return around ? neighbourhood(whole, around.roles.map(ofRole), around.depth) : whole;
}

/** The arcs of some edges, each once; working together is the same both ways. */
function arcsOf(
  edges: readonly Edge[],
  ofRole: (role: Role) => number,
  endsOfEdge: (edge: Edge) => ReadonlySet<number>,
): readonly GraphArc[] {
  const arcs = new Map<string, GraphArc & { readonly edges: Edge[] }>();
  for (const edge of edges) {
    const type = edge.type as RelationName;
    const from = ofRole(edge.from);
    for (const to of endsOfEdge(edge)) {
      const [one, other] = type === 'collaborates-with' && to < from ? [to, from] : [from, to];
      const key = `${type} ${one} ${other}`;
      const known = arcs.get(key);
      if (known) known.edges.push(edge);
      else arcs.set(key, { type, from, to, edges: [edge] });
    }
  }
  return [...arcs.values()];
}

function roleNode(role: Role, team: Team, group: string | undefined): GraphNode {
  const { name, level } = role.fields;
  return {
    kind: 'role',
    id: role.id,
    title: visible(name ?? role.id),
    ...(level === undefined ? {} : { level: visible(level) }),
    ...(group === undefined ? {} : { group: visible(group) }),
    entry: team.entries.includes(role),
    role,
  };
}

/** The positions of those whom references lead to, groups opened; each once. */
function endsOf(
  to: readonly Reference[],
  ofRole: (role: Role) => number,
  place: (key: string, make: () => GraphNode) => number,
): ReadonlySet<number> {
  const end = (reference: Reference): readonly number[] => {
    if (reference.kind === 'role') return [ofRole(reference.role)];
    if (reference.kind === 'group') return reference.group.members.map(ofRole);
    if (reference.kind === 'person')
      return [place(`person ${reference.person.id}`, () => personNode(reference.person))];
    return reference.kind === 'word' ? [] : [place(`unknown ${reference.name}`, () => unknownNode(reference.name))];
  };
  return new Set(to.flatMap(end));
}

function personNode({ id }: Person): GraphNode {
  return { kind: 'person', id, title: visible(id), entry: false };
}

function unknownNode(name: string): GraphNode {
  return { kind: 'unknown', id: name, title: visible(name), entry: false };
}

function grouping(team: Team, by: Grouping): (role: Role) => string | undefined {
  const folder = ({ id }: Role): string | undefined =>
    id.includes('/') ? id.slice(0, id.lastIndexOf('/')) : undefined;
  const department = ({ fields }: Role): string | undefined => fields.department;
  switch (by) {
    case 'none':
      return () => undefined;
    case 'department':
      return department;
    case 'level':
      return ({ fields }) => fields.level;
    case 'folder':
      return folder;
    case 'auto':
      return [...team.roles.values()].some((role) => department(role) !== undefined) ? department : folder;
  }
}

/** What is at most so many arcs away from some nodes, whichever way the arcs lead, and the arcs among it. */
function neighbourhood(whole: TeamGraph, starts: readonly number[], depth: number): TeamGraph {
  const kept = new Set(starts);
  for (let step = 0; step < depth; step++) {
    const near = whole.arcs.filter(({ from, to }) => kept.has(from) || kept.has(to));
    const before = kept.size;
    for (const { from, to } of near) kept.add(from).add(to);
    if (kept.size === before) break;
  }
  const order = whole.nodes.flatMap((_, position) => (kept.has(position) ? [position] : []));
  const moved = new Map(order.map((position, index) => [position, index]));
  return {
    ...whole,
    nodes: order.map((position) => whole.nodes[position]!),
    arcs: whole.arcs.flatMap((arc) => {
      const [from, to] = [moved.get(arc.from), moved.get(arc.to)];
      return from === undefined || to === undefined ? [] : [{ ...arc, from, to }];
    }),
  };
}

/** The groups of a graph in document order, each with the positions of its nodes. */
export function groupsOf({ nodes }: TeamGraph): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const [position, { group }] of nodes.entries()) {
    if (group === undefined) continue;
    const known = groups.get(group);
    if (known) known.push(position);
    else groups.set(group, [position]);
  }
  return groups;
}
