import { execFile } from 'node:child_process';
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** A client that is installed on this computer. */
export interface FoundClient {
  /** Where it lies. */
  readonly path: string;
  /** Undefined when it does not tell. */
  readonly version: string | undefined;
}

/** The environment of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** How long a client has to tell its version, in milliseconds. */
const PATIENCE = 20_000;

/** The program of a name on the PATH, asked for its version; nothing when there is none. */
export async function clientOnPath(command: string, env: Environment): Promise<FoundClient | undefined> {
  const path = programOnPath(command, env);
  if (path === undefined) return undefined;
  try {
    const shell = /\.(?:cmd|bat)$/i.test(path);
    const options = { env: env as NodeJS.ProcessEnv, timeout: PATIENCE, windowsHide: true, shell };
    const running = promisify(execFile)(shell ? `"${path}"` : path, ['--version'], options);
    running.child.stdin?.end();
    const { stdout } = await running;
    return { path, version: VERSION.exec(stdout)?.[0] };
  } catch {
    return { path, version: undefined };
  }
}

/** The newest extension of an editor whose folder begins with one of some names; nothing when there is none. */
export function extensionInEditors(prefixes: readonly string[], home: string): FoundClient | undefined {
  const found = EDITORS.map((editor) => join(home, editor, 'extensions')).flatMap((folder) =>
    namesIn(folder)
      .filter((name) => prefixes.some((prefix) => name.toLowerCase().startsWith(prefix)))
      .map((name) => ({ path: join(folder, name), version: VERSION.exec(name)?.[0] })),
  );
  return found.toSorted((a, b) => compareVersions(b.version ?? '0.0.0', a.version ?? '0.0.0'))[0];
}

/** Negative when the first version is older than the second, positive when it is newer. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [one, other].map((version) => version.split('.').map(Number));
  for (const [index, number] of a!.entries()) if (number !== b![index]) return number - (b![index] ?? 0);
  return 0;
}

const VERSION = /\d+\.\d+\.\d+/;

/** Where editors that take VS Code's extensions keep them, from the user's folder. */
const EDITORS = ['.vscode', '.vscode-insiders', '.vscode-oss', '.vscode-server', '.cursor', '.windsurf'];

function programOnPath(command: string, env: Environment): string | undefined {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => endings.map((ending) => join(folder, command + ending))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
