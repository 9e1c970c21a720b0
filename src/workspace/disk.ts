import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { decode } from '../document/decode.ts';
import { type Document, MAX_FILE_SIZE } from '../document/document.ts';
import { readDocument } from '../document/read.ts';
import { readYaml } from '../document/yaml.ts';
import type { Files } from '../team/read.ts';
import type { Source } from '../text/source.ts';

/** The files of a team on the disk. Every path is relative to the working folder, with forward slashes. */
export class Disk implements Files {
  readonly #cwd: string;
  readonly #documents = new Map<string, Document | Diagnostic | undefined>();

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  document(path: string): Document | Diagnostic | undefined {
    if (!this.#documents.has(path)) this.#documents.set(path, this.#read(path, readDocument));
    return this.#documents.get(path);
  }

  list(path: string): Document | Diagnostic | undefined {
    return this.#read(path, (source) => readYaml(source, 'any'));
  }

  teamFile(path: string): string | undefined {
    const kind = this.#kind(path);
    if (kind === 'file') return path;
    if (kind !== 'folder') return undefined;
    const prefix = path === '.' ? '' : `${path}/`;
    for (const name of ['team.yaml', 'team.yml']) if (this.#kind(prefix + name) === 'file') return prefix + name;
    return this.#entries(path)
      .filter((entry) => entry.isFile() && /\.ya?ml$/i.test(entry.name))
      .map(({ name }) => prefix + name)
      .find((file) => this.isTeamFile(file));
  }

  /** Whether a file has `teamc:` and, unlike a scenario, no request. */
  isTeamFile(path: string): boolean {
    const found = this.document(path);
    const data = found && !('rule' in found) ? found.data : undefined;
    return typeof data === 'object' && data !== null && 'teamc' in data && !('request' in data);
  }

  roles(folder: string): { paths: readonly string[]; problems: readonly Diagnostic[] } {
    const paths: string[] = [];
    const problems: Diagnostic[] = [];
    const seen = new Set<string>();
    const walk = (path: string): void => {
      const real = this.#real(path);
      if (real === undefined || seen.has(real)) return;
      seen.add(real);
      for (const entry of this.#entries(path)) {
        const child = `${path}/${entry.name}`;
        if (entry.name.startsWith('.')) continue;
        const kind = entry.isSymbolicLink() ? this.#kind(child) : entry.isDirectory() ? 'folder' : 'file';
        const isRole = /\.(?:md|ya?ml)$/i.test(entry.name);
        if (kind === 'folder' && isRole) problems.push(unreadable(child, 'is a folder, not a file'));
        else if (kind === 'folder') walk(child);
        else if (isRole && kind === undefined) problems.push(unreadable(child, 'is a link that leads nowhere'));
        else if (isRole) paths.push(child);
      }
    };
    const root = folder === '.' ? 'roles' : `${folder}/roles`;
    if (this.#kind(root) === 'folder') walk(root);
    return { paths: paths.sort(), problems };
  }

  /** The folders directly inside a folder, in order. */
  folders(path: string): readonly string[] {
    return this.#entries(path)
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => `${path}/${name}`)
      .sort();
  }

  /** A path as this class writes it: from the working folder, with forward slashes. */
  path(path: string): string {
    const full = isAbsolute(path) ? path : join(this.#cwd, path);
    return relative(this.#cwd, full).replaceAll('\\', '/') || '.';
  }

  #read(path: string, parse: (source: Source) => Document): Document | Diagnostic | undefined {
    try {
      const full = join(this.#cwd, path);
      const stats = statSync(full);
      if (stats.isDirectory()) return unreadable(path, 'is a folder, not a file');
      if (stats.size > MAX_FILE_SIZE) return unreadable(path, `is larger than ${MAX_FILE_SIZE / 1_000_000} MB`);
      const decoded = decode(path, readFileSync(full));
      return 'problem' in decoded ? decoded.problem : parse(decoded.source);
    } catch (error) {
      return missing(error) ? undefined : unreadable(path, reason(error));
    }
  }

  #kind(path: string): 'file' | 'folder' | undefined {
    try {
      const stats = statSync(join(this.#cwd, path));
      return stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : undefined;
    } catch {
      return undefined;
    }
  }

  #entries(path: string): readonly Dirent[] {
    try {
      return readdirSync(join(this.#cwd, path), { withFileTypes: true });
    } catch {
      return [];
    }
  }

  #real(path: string): string | undefined {
    try {
      return realpathSync(join(this.#cwd, path));
    } catch {
      return undefined;
    }
  }
}

function unreadable(path: string, why: string): Diagnostic {
  return {
    rule: 'yaml-syntax',
    severity: 'error',
    at: { file: path, pointer: [] },
    message: `${path} can't be read: it ${why}.`,
  };
}

function missing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** What the operating system said, in words. */
function reason(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read by this user';
  if (code === 'ELOOP') return 'is a link that leads to itself';
  return `could not be opened (${code ?? String(error)})`;
}
