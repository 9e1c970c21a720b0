import type { Fix } from '../diagnostic/diagnostic.ts';
import type { PermissionEntry } from '../team/permissions.ts';
import type { LoadedTeam } from '../team/read.ts';
import type { Edge, Reference } from '../team/team.ts';
import type { Place } from '../text/place.ts';
import { startsWithin, written } from './written.ts';

/** A fix that takes something out for which nothing else has to come: a person should agree. */
export function takeOut(name: string, at: Place): Fix {
  return { title: `Take ${name} out`, safety: 'unsafe', edits: [{ at, remove: true }] };
}

/**
 * Takes one of those out that an edge names: the name where there are others, else the whole edge, and `[]` is left of
 * an edge alone. No fix where the role only takes the edge over from elsewhere.
 */
export function withoutReference(name: string, edge: Edge, { at }: Reference): { readonly fix?: Fix } {
  if (!startsWithin(at, edge.from.at)) return {};
  if (edge.to.length > 1 && typeof at.pointer.at(-1) === 'number') return { fix: takeOut(name, at) };
  if (typeof edge.at.pointer.at(-1) === 'number') return { fix: takeOut(name, edge.at) };
  return { fix: { title: `Take ${name} out`, safety: 'unsafe', edits: [{ at: edge.at, text: '[]' }] } };
}

/**
 * Takes a pattern out of its permissions, and with it whatever would be left empty. Undefined where nothing but it is
 * there, because a list of permissions says something by being empty too.
 */
export function takeOutPermission({ at, rule, pattern }: PermissionEntry, loaded: LoadedTeam): Fix | undefined {
  const isOneOfSeveral = at.pointer.length > rule.pointer.length && sizeOf(written(loaded, parentOf(at))) > 1;
  let place = isOneOfSeveral && typeof at.pointer.at(-1) === 'number' ? at : rule;
  const depth = rootDepth(place, loaded);
  while (place.pointer.length > depth && sizeOf(written(loaded, parentOf(place))) === 1) place = parentOf(place);
  return place.pointer.length > depth ? takeOut(`"${pattern}"`, place) : undefined;
}

/** How deep the permissions of a role lie in its file, or a named block in the team's. */
function rootDepth({ file, pointer }: Place, { team }: LoadedTeam): number {
  const isBlock = file === team.at.file && pointer[0] === 'permissions';
  return isBlock ? 2 : pointer.lastIndexOf('permissions') + 1;
}

function parentOf({ file, pointer }: Place): Place {
  return { file, pointer: pointer.slice(0, -1) };
}

function sizeOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}
