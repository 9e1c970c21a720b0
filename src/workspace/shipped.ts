import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTeam } from '../team/read.ts';
import { Disk } from './disk.ts';
import { packageRoot } from './package.ts';
import { slashed } from './paths.ts';

/** A team that teamc brings, to start from. */
export interface ShippedTeam {
  readonly name: string;
  readonly description: string;
  readonly roles: number;
  /** The role that requests come in to. */
  readonly entry: string;
}

/** The teams that teamc brings, the smallest first. */
export function shippedTeams(): readonly ShippedTeam[] {
  const disk = new Disk(join(packageRoot(), 'teams'));
  return disk
    .folders('.')
    .map((folder) => {
      const { team } = readTeam(disk.teamFile(folder)!, disk);
      const roles = [...team.roles.values()].filter(({ own }) => own).length;
      const [entry] = team.entries;
      const { description = '' } = team.definition;
      return { name: folder.replace(/^\.\//, ''), description, roles, entry: entry?.id ?? '' };
    })
    .toSorted((a, b) => a.roles - b.roles || (a.name < b.name ? -1 : 1));
}

/** The files of a team that teamc brings, by their paths in its folder. */
export function shippedFiles(name: string): ReadonlyMap<string, string> {
  const folder = join(packageRoot(), 'teams', name);
  const paths = (readdirSync(folder, { recursive: true, withFileTypes: true }) as readonly Entry[])
    .filter((entry) => entry.isFile())
    .map((entry) => slashed(join(entry.parentPath, entry.name).slice(folder.length + 1)));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

interface Entry {
  readonly name: string;
  readonly parentPath: string;
  isFile(): boolean;
}
