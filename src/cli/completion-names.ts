import { resolve } from 'node:path';
import { RELATIONS } from '../report/graph/team-graph.ts';
import { rules } from '../rules/generated/rules.ts';
import { BUILTIN } from '../target/builtin.ts';
import { readTeam } from '../team/read.ts';
import { TOOLS } from '../team/tools.ts';
import { discoverTeams } from '../workspace/discover.ts';
import { Disk } from '../workspace/disk.ts';
import { SCHEMAS } from '../workspace/schemas.ts';
import { shippedTeams } from '../workspace/shipped.ts';
import type { Candidate, Given, Names } from './completions.ts';
import { loadedInPlace } from './in-place.ts';

/** The names that belong into arguments and options, some of them from the team that the line or the folder names. */
export function completionNames(folder: string): Names {
  const roles = (given: Given): readonly Candidate[] => rolesIn(folder, given);
  const tools = (): readonly Candidate[] => Object.keys(TOOLS).map((value) => ({ value }));
  const kinds: Readonly<Record<string, (given: Given, start: string) => readonly Candidate[]>> = {
    shipped: () => shippedTeams().map(({ name, description }) => ({ value: name, what: description })),
    target: () => BUILTIN.map(({ name }) => ({ value: name })),
    as: () => [{ value: 'plugin' }],
    rule: (_, start) => settings(start),
    role: roles,
    from: roles,
    to: tools,
    relations: (_, start) => listed(RELATIONS, start),
    extends: roles,
    'schema name': () => SCHEMAS.map((value) => ({ value })),
    'explain name': (given) => [...roles(given), ...rules.map(({ id, summary }) => ({ value: id, what: summary }))],
    'can role': roles,
    'can tool': tools,
    'compare a': (_, start) => sides(start),
    'compare b': (_, start) => sides(start),
    'rename old': roles,
  };
  return (kind, given, start) => kinds[kind]?.(given, start) ?? [];
}

/** A rule with `=`, and once that is written, the severities that it may have. */
function settings(start: string): readonly Candidate[] {
  const [, rule] = /^([\w-]+)=/.exec(start) ?? [];
  if (rule === undefined) return rules.map(({ id, summary }) => ({ value: `${id}=`, what: summary }));
  return ['error', 'warning', 'info', 'off'].map((severity) => ({ value: `${rule}=${severity}` }));
}

/** The words that may come next in a list with commas. */
function listed(words: readonly string[], start: string): readonly Candidate[] {
  const before = start.split(',').slice(0, -1);
  return words.filter((word) => !before.includes(word)).map((word) => ({ value: [...before, word].join(',') }));
}

/** The platforms of a team behind its path and an `@`. */
function sides(start: string): readonly Candidate[] {
  const [, path] = /^(.+)@[\w-]*$/s.exec(start) ?? [];
  return path === undefined ? [] : BUILTIN.map(({ name }) => ({ value: `${path}@${name}` }));
}

/** The roles of the team that the line names, else of the teams that are here. */
function rolesIn(folder: string, { command, positional, options }: Given): readonly Candidate[] {
  const disk = new Disk(resolve(folder, options.get('--cwd') ?? '.'));
  if (disk.kind('.') !== 'folder') return [];
  const path = options.get('--team') ?? (command === 'graph' ? positional[0] : undefined);
  const { teams } = discoverTeams(disk, path === undefined ? [] : [path]);
  const found = teams
    .flatMap(({ path: file, project }) => (project ? loadedInPlace(file, disk, project) : [readTeam(file, disk)]))
    .flatMap(({ team }) => [...team.roles.values(), ...team.abstract.values()]);
  return found.map(({ id, fields: { name, description } }) => {
    const what = [name, description].find((text) => text !== undefined && text !== id);
    return { value: id, ...(what === undefined ? {} : { what }) };
  });
}
