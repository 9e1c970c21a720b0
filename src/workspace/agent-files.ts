import type { Disk } from './disk.ts';

/** Where platforms keep the files of agents, from a project's folder. */
const FOLDERS = ['.claude/agents', '.opencode/agents', '.opencode/agent', '.roo'] as const;

const FILES = ['.roomodes', 'opencode.json', 'opencode.jsonc'] as const;

/** The files and folders of agents that a project has already and that teamc did not write; a folder ends with a slash. */
export function agentFiles(disk: Disk, folder: string): readonly string[] {
  const at = (path: string): string => (folder === '.' ? path : `${folder}/${path}`);
  if (disk.kind(at('.teamc')) === 'folder') return [];
  return [
    ...FOLDERS.filter((path) => disk.kind(at(path)) === 'folder').map((path) => `${at(path)}/`),
    ...FILES.filter((path) => disk.kind(at(path)) === 'file').map(at),
  ];
}
