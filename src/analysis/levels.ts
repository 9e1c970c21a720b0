import type { Role, Team } from '../team/team.ts';

/** The levels of a team as numbers: 0 is the highest. */
export interface Levels {
  /** The level of one of the team's own roles, if it has one that the team knows. */
  of(role: Role): number | undefined;
  /** The first role on a level, if there is any. */
  holder(level: number): Role | undefined;
}

/** Places the team's own roles on its levels; a team that is used counts levels of its own. */
export function levelsOf(team: Team): Levels {
  const numbers = new Map(team.levels.map((name, number) => [name, number]));
  const of = (role: Role): number | undefined =>
    role.own && role.fields.level !== undefined ? numbers.get(role.fields.level) : undefined;
  const holders = new Map<number, Role>();
  for (const role of team.roles.values()) {
    const level = of(role);
    if (level !== undefined && !holders.has(level)) holders.set(level, role);
  }
  return { of, holder: (level) => holders.get(level) };
}
