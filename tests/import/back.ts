import { parse } from 'yaml';
import { platformFileOf, type ReadFile } from '../../src/import/files.ts';
import { type PlatformTeam, readProject } from '../../src/import/read-project.ts';
import { writeTeam } from '../../src/import/write-team.ts';
import { builtinTarget } from '../../src/target/builtin.ts';
import { compile } from '../../src/target/compile.ts';
import type { Plan } from '../../src/target/target.ts';
import type { LoadedTeam } from '../../src/team/read.ts';
import type { Team } from '../../src/team/team.ts';
import { loadText } from '../memory.ts';

/** The files of a project by their paths. */
export type Project = Readonly<Record<string, string>>;

/** A team read back from the files of a project. */
export interface Back {
  readonly teams: readonly PlatformTeam[];
  /** The new team's files. */
  readonly files: Project;
  readonly loaded: LoadedTeam;
}

/** What a target makes of a team. */
export function planFor(team: Team, target: string): Plan {
  return compile(team, builtinTarget(target)!);
}

/**
 * The files of a plan by what they say: JSON as its data, modes in the order of their slugs, and prompts without the path
 * of the file that they were built from, which is another one in another team.
 */
export function saidBy({ files }: Plan): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    files.map(({ path, content }) => {
      if (path.endsWith('.json')) return [path, JSON.parse(content) as unknown];
      if (path === '.roomodes')
        return [
          path,
          (parse(content) as { customModes: { slug: string }[] }).customModes.toSorted((a, b) =>
            a.slug < b.slug ? -1 : 1,
          ),
        ];
      return [path, content.replace(/(<!-- teamc: generated from )[^,;]*/, '$1…')];
    }),
  );
}

/** The files of a plan, as they are written. */
export function filesOf({ files }: Plan): Project {
  return Object.fromEntries(files.map(({ path, content }) => [path, content]));
}

/** Imports a project. */
export function importProject(project: Project): Back {
  const read = Object.entries(project).flatMap(([path, text]): readonly ReadFile[] => {
    const file = platformFileOf(path);
    return file ? [{ ...file, source: { path, text } }] : [];
  });
  const teams = readProject('.', read);
  const files = Object.fromEntries(writeTeam(teams).files.map(({ path, text }) => [path, text]));
  return { teams, files, loaded: loadText(files) };
}
