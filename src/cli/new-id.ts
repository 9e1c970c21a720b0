import { ROLE_ID, WORDS } from '../team/read.ts';
import type { Role, Team } from '../team/team.ts';
import { Unusable } from './unusable.ts';

/** Makes sure that a role of a team can be called by an id; `renamed` is the role that gives up another one. */
export function checkNewId(id: string, team: Team, renamed?: Role): void {
  if (WORDS.includes(id)) throw new Unusable(`"${id}" is a word of the language and can't be the id of a role.`);
  if (!ROLE_ID.test(id))
    throw new Unusable(
      `"${id}" can't be the id of a role: use letters, digits, "-" and "_", with slashes between the parts.`,
    );
  const uses = Object.keys(team.definition.uses ?? {});
  const first = id.split('/')[0]!;
  if (id.includes('/') && uses.includes(first))
    throw new Unusable(
      `"${id}" can't be a role of this team: names that begin with "${first}/" belong to a team it uses.`,
    );
  for (const role of [...team.roles.values(), ...team.abstract.values()]) checkAgainst(id, role, renamed);
  if (team.groups.has(id) || team.people.has(id))
    throw new Unusable(
      `"${id}" is a ${team.groups.has(id) ? 'group' : 'person'} of the team already; choose another id.`,
    );
}

function checkAgainst(id: string, role: Role, renamed: Role | undefined): void {
  if (role.id === id) throw new Unusable(`There is a role "${id}" already.`);
  if (role !== renamed && role.id.toLowerCase() === id.toLowerCase())
    throw new Unusable(`There is a role "${role.id}" already, and on many disks "${id}" is the same file.`);
  if (role.own && role.aliases.includes(id)) throw new Unusable(alias(id, role, renamed));
}

function alias(id: string, role: Role, renamed: Role | undefined): string {
  const whose = `"${id}" is an alias of ${role.id}`;
  return role === renamed ? `${whose} already; take it out of its aliases first.` : `${whose}; choose another id.`;
}
