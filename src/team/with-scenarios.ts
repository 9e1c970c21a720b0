import type { Files, LoadedTeam } from './read.ts';
import { readScenario } from './scenario-read.ts';

/** A team with the scenarios beside it as further files of its own, and with what is wrong with them. */
export function withScenarios(loaded: LoadedTeam, files: Files): LoadedTeam {
  const { file } = loaded.team.at;
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
  const paths = files.scenarios?.(folder) ?? [];
  if (paths.length === 0) return loaded;
  const scenarios = paths.map((path) => readScenario(path, files, loaded));
  return {
    ...loaded,
    documents: new Map([...loaded.documents, ...scenarios.flatMap(({ documents }) => [...documents])]),
    problems: [...loaded.problems, ...scenarios.flatMap(({ problems }) => problems)],
    ownFiles: new Set([...loaded.ownFiles, ...paths]),
  };
}
