import type { Role, Team } from '../team/team.ts';
import type { EditedFile } from './edited-file.ts';

/** The role that some keys of a file belong to: that of a role file, or the one below `roles` in a team file. */
export function roleOf(
  { path: file, schema }: EditedFile,
  path: readonly string[],
  { roles, abstract }: Team,
): Role | undefined {
  if (schema === 'team')
    return path[0] === 'roles' ? (roles.get(path[1] ?? '') ?? abstract.get(path[1] ?? '')) : undefined;
  const isHere = ({ at }: Role): boolean => at.file === file && at.pointer.length === 0;
  return [...roles.values()].find(isHere) ?? [...abstract.values()].find(isHere);
}
