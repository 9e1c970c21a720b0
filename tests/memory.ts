import type { Diagnostic } from '../src/diagnostic/diagnostic.ts';
import type { Document } from '../src/document/document.ts';
import { readDocument } from '../src/document/read.ts';
import { readYaml } from '../src/document/yaml/yaml.ts';
import { platformFileOf, type ReadFile } from '../src/import/files.ts';
import { type PlatformTeam, readProject } from '../src/import/read-project.ts';
import { type Files, type LoadedTeam, readTeam } from '../src/team/read.ts';

/** Files that stand in memory instead of on a disk. */
export function memory(files: Readonly<Record<string, string>>): Files {
  const textOf = (path: string) => (Object.hasOwn(files, path) ? files[path] : undefined);
  const documents = new Map<string, Document>();
  return {
    document(path): Document | Diagnostic | undefined {
      const text = textOf(path);
      if (text === undefined) return undefined;
      const known = documents.get(path) ?? readDocument({ path, text });
      documents.set(path, known);
      return known;
    },
    list(path) {
      const text = textOf(path);
      return text === undefined ? undefined : readYaml({ path, text }, 'any');
    },
    roles(folder) {
      const start = folder === '.' ? 'roles/' : `${folder}/roles/`;
      return {
        paths: Object.keys(files)
          .filter((path) => path.startsWith(start))
          .sort(),
        problems: [],
      };
    },
    teamFile: (path) =>
      path in files ? path : [path === '.' ? 'team.yaml' : `${path}/team.yaml`].find((file) => file in files),
  };
}

/** The agents of a project, read in place from files by their paths in it: a team for each platform that has some. */
export function loadProject(files: Readonly<Record<string, string>>): readonly PlatformTeam[] {
  const read = Object.entries(files).flatMap(([path, text]): readonly ReadFile[] => {
    const file = platformFileOf(path);
    return file ? [{ ...file, source: { path, text } }] : [];
  });
  return readProject('.', read);
}

/** A team read from text: one team file, or several files by path. */
export function loadText(files: string | Readonly<Record<string, string>>, path = 'team.yaml'): LoadedTeam {
  return readTeam(path, memory(typeof files === 'string' ? { [path]: files } : files));
}
