import { rules } from '../rules/generated/rules.ts';
import { BUILTIN } from '../target/builtin.ts';
import { readTeam } from '../team/read.ts';
import { TOOLS } from '../team/tools.ts';
import { discoverTeams } from '../workspace/discover.ts';
import type { Disk } from '../workspace/disk.ts';
import { SCHEMAS } from '../workspace/schemas.ts';
import { shippedTeams } from '../workspace/shipped.ts';
import type { Candidate, Names } from './completions.ts';
import { loadedInPlace } from './in-place.ts';

/** The names that belong into arguments and options, some of them from the team that the words or the folder name. */
export function completionNames(disk: Disk): Names {
  const roles = (words: readonly string[]): readonly Candidate[] => rolesIn(disk, words);
  const kinds: Readonly<Record<string, (words: readonly string[]) => readonly Candidate[]>> = {
    shipped: () => shippedTeams().map(({ name, description }) => ({ value: name, what: description })),
    target: () => BUILTIN.map(({ name }) => ({ value: name })),
    rule: () => rules.map(({ id, summary }) => ({ value: `${id}=`, what: summary })),
    role: roles,
    from: roles,
    extends: roles,
    'schema name': () => SCHEMAS.map((value) => ({ value })),
    'explain name': (words) => [...roles(words), ...rules.map(({ id, summary }) => ({ value: id, what: summary }))],
    'can role': roles,
    'can tool': () => Object.keys(TOOLS).map((value) => ({ value })),
    'rename old': roles,
  };
  return (kind, words) => kinds[kind]?.(words) ?? [];
}

/** The roles of the team that `--team` names, else of the teams that are here. */
function rolesIn(disk: Disk, words: readonly string[]): readonly Candidate[] {
  const at = words.findLastIndex((word) => word === '--team' || word === '-t');
  const path = words[at + 1] === '=' ? words[at + 2] : words[at + 1];
  const { teams } = discoverTeams(disk, at === -1 || path === undefined ? [] : [path]);
  const found = teams
    .flatMap(({ path: file, project }) => (project ? loadedInPlace(file, disk, project) : [readTeam(file, disk)]))
    .flatMap(({ team }) => [...team.roles.values(), ...team.abstract.values()]);
  return found.map(({ id, fields: { name, description } }) => {
    const what = [name, description].find((text) => text !== undefined && text !== id);
    return { value: id, ...(what === undefined ? {} : { what }) };
  });
}
