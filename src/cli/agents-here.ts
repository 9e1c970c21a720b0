import { readProject } from '../import/read-project.ts';
import type { Disk } from '../workspace/disk.ts';
import { platformFiles, readFiles } from '../workspace/platform-files.ts';

/** Agents that a project has already. */
export interface AgentsHere {
  readonly number: number;
  /** The folders and files that they stand in; a folder ends with a slash. */
  readonly places: readonly string[];
}

/** The agents in a folder that teamc did not write. */
export function agentsHere(disk: Disk, folder: string): AgentsHere {
  if (disk.kind(disk.path(`${folder}/.teamc`)) === 'folder') return { number: 0, places: [] };
  const { files } = platformFiles(disk, folder);
  const roots = new Map(
    files.map(({ kind, path, inner }) => [path, kind === 'agent' ? path.slice(0, -inner.length) : path]),
  );
  const agents = readProject(
    folder,
    readFiles(files, (file) => disk.source(file)),
  ).flatMap(({ found }) => found.agents);
  return {
    number: agents.length,
    places: [...new Set(agents.map(({ file }) => roots.get(file) ?? file))],
  };
}
