import { locatePlace } from '../../document/position.ts';
import type { Edge, Reference, Role } from '../../team/team.ts';
import type { Documents } from '../rule-json.ts';
import type { TeamGraph } from './team-graph.ts';

/** A team's roles and relations as programs read them, each edge with the place where it was written. */
export function graphJson(
  { team, nodes, relations }: TeamGraph,
  documents: Documents,
): Readonly<Record<string, unknown>> {
  const kept = new Set(nodes.flatMap(({ role }) => (role ? [role] : [])));
  const named = new Set(nodes.map(({ kind, id }) => `${kind} ${id}`));
  const edges = team.edges.filter(({ type, from }) => relations.some((name) => name === type) && kept.has(from));
  return {
    team: team.name,
    roles: [...kept].map((role) => roleJson(role, team.entries.includes(role))),
    people: [...team.people.values()]
      .filter(({ id }) => named.has(`person ${id}`))
      .map(({ id, human, description }) => ({ id, human, ...(description === undefined ? {} : { description }) })),
    edges: edges.flatMap((edge) =>
      edgeJson(edge, documents).filter(({ kind, to }) => kind === 'word' || named.has(`${kind} ${to}`)),
    ),
  };
}

function roleJson({ id, fields }: Role, entry: boolean): object {
  const { name = id, level = null, department } = fields;
  return { id, name, level, ...(department === undefined ? {} : { department }), entry };
}

interface EdgeJson {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly kind: 'role' | 'person' | 'word' | 'unknown';
  readonly resolved: boolean;
}

/** An edge that may lead to several is several edges. */
function edgeJson(edge: Edge, documents: Documents): readonly EdgeJson[] {
  const { type, from, for: subject, keywords, approval } = edge;
  const more = {
    ...(subject.length > 0 ? { for: subject } : {}),
    ...(keywords.length > 0 ? { keywords } : {}),
    ...(approval ? { approval: true } : {}),
  };
  return edge.to.flatMap((reference) => {
    const { file, line } = locatePlace(reference.at, documents);
    return endsOf(reference).map(({ to, kind }) => ({
      type,
      from: from.id,
      to,
      kind,
      resolved: kind !== 'unknown',
      ...(reference.kind === 'group' ? { group: reference.group.id } : {}),
      ...more,
      file,
      line,
    }));
  });
}

function endsOf(reference: Reference): readonly Pick<EdgeJson, 'to' | 'kind'>[] {
  switch (reference.kind) {
    case 'role':
      return [{ to: reference.role.id, kind: 'role' }];
    case 'group':
      return reference.group.members.map(({ id }) => ({ to: id, kind: 'role' }));
    case 'person':
      return [{ to: reference.person.id, kind: 'person' }];
    case 'word':
      return [{ to: reference.word, kind: 'word' }];
    case 'unresolved':
      return [{ to: reference.name, kind: 'unknown' }];
  }
}
