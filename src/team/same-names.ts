import { locatePlace } from '../document/position.ts';
import type { LoadedTeam } from './read.ts';
import type { Rewritten } from './rename-role.ts';
import type { Reference, Role } from './team.ts';

/** What was done to a role. */
interface Renamed {
  readonly role: Role;
  readonly id: string;
  readonly moved: Rewritten | undefined;
}

/** Whether every name of a team leads where it led before a role got another id; else a sentence that names one. */
export function sameNames(before: LoadedTeam, after: LoadedTeam, { role, id, moved }: Renamed): string | undefined {
  const now = new Map(after.team.references.map((reference) => [keyOf(reference), goalOf(reference)]));
  const prefix = prefixOf(before, role);
  for (const reference of before.team.references) {
    const file = reference.at.file === moved?.path ? moved.to! : reference.at.file;
    const [first, name, ...rest] = reference.at.pointer;
    const pointer = first === 'roles' && name === role.id ? [first, id, ...rest] : reference.at.pointer;
    const found = now.get(keyOf({ ...reference, at: { ...reference.at, file, pointer } }));
    const goal = goalOf(reference);
    if (found === (goal === `role ${prefix}${role.id}` ? `role ${prefix}${id}` : goal)) continue;
    const place = locatePlace(reference.at, before.documents);
    return `The name at ${place.file}:${place.line} would no longer lead to ${goal}; write its whole id there first.`;
  }
  const errors = ({ problems, team }: LoadedTeam): number =>
    problems.filter(({ severity }) => severity === 'error').length + team.unresolved.length + team.duplicates.length;
  return errors(after) > errors(before) ? `With the id "${id}" the team would have errors.` : undefined;
}

/** What a team calls the team that a role belongs to: nothing for its own. */
function prefixOf({ team }: LoadedTeam, role: Role): string {
  const all = [...team.roles.values(), ...team.abstract.values()];
  const found = all.find(({ at }) => at.file === role.at.file && at.pointer.join('/') === role.at.pointer.join('/'));
  return found?.id.slice(0, -role.id.length) ?? '';
}

function keyOf({ at }: Reference): string {
  return JSON.stringify([at.file, at.pointer]);
}

function goalOf(reference: Reference): string {
  if (reference.kind === 'role') return `role ${reference.role.id}`;
  if (reference.kind === 'group') return `group ${reference.group.id}`;
  return reference.kind === 'person' ? `person ${reference.person.id}` : 'nobody';
}
