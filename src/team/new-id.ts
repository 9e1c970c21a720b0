import { ROLE_ID, WORDS } from './read.ts';
import type { Role, Team } from './team.ts';

/** Why a role of a team can't be called by an id, as a sentence; `renamed` is the role that gives up another one. */
export function whyNotId(id: string, team: Team, renamed?: Role): string | undefined {
  if (WORDS.includes(id)) return `"${id}" is a word of the language and can't be the id of a role.`;
  if (!ROLE_ID.test(id))
    return `"${id}" can't be the id of a role: use letters, digits, "-" and "_", with slashes between the parts.`;
  const uses = Object.keys(team.definition.uses ?? {});
  const first = id.split('/')[0]!;
  if (id.includes('/') && uses.includes(first))
    return `"${id}" can't be a role of this team: names that begin with "${first}/" belong to a team it uses.`;
  for (const role of [...team.roles.values(), ...team.abstract.values()]) {
    const taken = takenBy(role, id, renamed);
    if (taken !== undefined) return taken;
  }
  if (!team.groups.has(id) && !team.people.has(id)) return undefined;
  return `"${id}" is a ${team.groups.has(id) ? 'group' : 'person'} of the team already; choose another id.`;
}

function takenBy(role: Role, id: string, renamed: Role | undefined): string | undefined {
  if (role.id === id) return `There is a role "${id}" already.`;
  if (role !== renamed && role.id.toLowerCase() === id.toLowerCase())
    return `There is a role "${role.id}" already, and on many disks "${id}" is the same file.`;
  return role.own && role.aliases.includes(id) ? alias(id, role, renamed) : undefined;
}

function alias(id: string, role: Role, renamed: Role | undefined): string {
  const whose = `"${id}" is an alias of ${role.id}`;
  return role === renamed ? `${whose} already; take it out of its aliases first.` : `${whose}; choose another id.`;
}
