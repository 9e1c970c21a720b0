import {
  type Dirent,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { decode } from '../document/decode.ts';
import type { Document } from '../document/document.ts';
import { readDocument } from '../document/read.ts';
import { readYaml } from '../document/yaml/yaml.ts';
import type { Files } from '../team/read.ts';
import type { Source } from '../text/source.ts';
import { makeFolder } from './make-folder.ts';
import { slashed } from './paths.ts';
import { Trace } from './trace.ts';
import { codeOf } from './trouble.ts';
import { LEADS_BACK, MAX_TEXT_SIZE, NOWHERE, reason, undecoded, unfit, unreadable, unwritable } from './unreadable.ts';

/** The files of a team on the disk. Every path is relative to the working folder, with forward slashes. */
export class Disk implements Files {
  readonly #cwd: string;
  readonly #documents = new Map<string, Document | Diagnostic | undefined>();
  /** What stood at a path when its document was read. */
  readonly #stats = new Map<string, Stats>();
  #trace: Trace | undefined;
  /** Files that were asked for, there or not, and folders of which every file counts. */
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();
  /** Is told how many role files a team has, before they are read. */
  onRoles: ((count: number) => void) | undefined;

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  /** The working folder, where all paths start. */
  get root(): string {
    return this.#cwd;
  }

  /** From now on, everything that is seen is noted. */
  traced(): Trace {
    this.#trace = new Trace(this.#cwd);
    return this.#trace;
  }

  /** The absolute paths of all that was asked for: single files, and folders of which every file counts. */
  seen(): { readonly files: readonly string[]; readonly folders: readonly string[] } {
    return { files: [...this.#files], folders: [...this.#folders] };
  }

  /** Forgets what was read at some absolute paths, because it changed. */
  forget(paths: readonly string[]): void {
    const gone = new Set(paths);
    for (const path of this.#documents.keys()) if (gone.has(this.full(path))) this.#documents.delete(path);
  }

  document(path: string): Document | Diagnostic | undefined {
    if (!this.#documents.has(path)) this.#documents.set(path, this.#read(path, readDocument));
    return this.#documents.get(path);
  }

  /** Forgets the documents of files that are no longer what they were when they were read. */
  refresh(): void {
    for (const path of this.#documents.keys()) if (!this.#isAsRead(path)) this.#documents.delete(path);
  }

  #isAsRead(path: string): boolean {
    const was = this.#stats.get(path);
    try {
      const is = statSync(this.full(path));
      return was !== undefined && (['ino', 'size', 'mtimeMs', 'ctimeMs'] as const).every((one) => was[one] === is[one]);
    } catch {
      return false;
    }
  }

  list(path: string): Document | Diagnostic | undefined {
    return this.#read(path, (source) => readYaml(source, 'any'));
  }

  /** The text of a file that is no document of a team, or why it can't be had: the end of a sentence. */
  text(path: string): string | { readonly because: string } {
    this.#trace?.spoil();
    try {
      const full = this.full(path);
      const because = unfit(statSync(full), MAX_TEXT_SIZE)?.[0];
      return because === undefined ? readFileSync(full, 'utf8') : { because };
    } catch (error) {
      return { because: codeOf(error) === 'ENOENT' ? 'is not there' : reason(error)[0] };
    }
  }

  teamFile(path: string): string | undefined {
    const kind = this.kind(path);
    if (kind === 'file') return path;
    if (kind !== 'folder') return undefined;
    const prefix = path === '.' ? '' : `${path}/`;
    for (const name of ['team.yaml', 'team.yml']) if (this.exists(prefix + name)) return prefix + name;
    return this.#entries(path)
      .filter((entry) => entry.isFile() && /\.ya?ml$/i.test(entry.name))
      .map(({ name }) => prefix + name)
      .find((file) => this.isTeamFile(file));
  }

  /** Whether a file has `teamc:` and, unlike a scenario, no request. For a file with mistakes in it the line `teamc:` is enough. */
  isTeamFile(path: string): boolean {
    const found = this.document(path);
    if (!found || 'rule' in found) return false;
    const { data, text, kind } = found;
    if (data === undefined) return kind === 'yaml' && /^teamc:/m.test(text);
    return typeof data === 'object' && data !== null && 'teamc' in data && !('request' in data);
  }

  roles(folder: string): Roles {
    const roles: Roles = { paths: [], problems: [] };
    const root = folder === '.' ? 'roles' : `${folder}/roles`;
    this.#folders.add(this.full(root));
    if (this.kind(root) === 'folder') this.#walk(root, roles, new Set());
    else if (this.exists(root)) roles.problems.push(this.#noFolder(root));
    roles.paths.sort();
    this.onRoles?.(roles.paths.length);
    return roles;
  }

  #walk(folder: string, roles: Roles, seen: Set<string>, accepts: Accepts = isRoleFile): void {
    const real = this.#real(folder);
    if (real === undefined || seen.has(real)) return;
    seen.add(real);
    const listing = this.#list(folder);
    if ('rule' in listing) {
      roles.problems.push(listing);
      return;
    }
    for (const entry of listing) {
      const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
      const accepted = accepts(entry.name, path);
      if (accepted === 'file') roles.paths.push(path);
      if (accepted === 'maybe' && this.#isFolder(entry, path, roles)) this.#walk(path, roles, seen, accepts);
    }
  }

  /** Whether an entry is a folder, or a link to one; a link to nothing is told. */
  #isFolder(entry: Dirent, path: string, { problems }: Roles): boolean {
    if (!entry.isSymbolicLink()) return entry.isDirectory();
    const kind = this.kind(path);
    if (kind === undefined) problems.push(this.#noFolder(path));
    if (kind !== 'folder' || !this.#leadsBack(path)) return kind === 'folder';
    problems.push({ ...this.#unreadable(path, ...LEADS_BACK), severity: 'warning' });
    return false;
  }

  /** Whether a link leads to a folder that it lies in itself. */
  #leadsBack(link: string): boolean {
    const [from, to] = [this.#real(dirname(link)), this.#real(link)];
    return from !== undefined && to !== undefined && `${from}${sep}`.startsWith(to.endsWith(sep) ? to : `${to}${sep}`);
  }

  /** What stands where a folder of roles would, in a diagnostic. */
  #noFolder(path: string): Diagnostic {
    try {
      const is = statSync(this.full(path)).isFile() ? 'a file' : 'a pipe or a device';
      return this.#unreadable(
        path,
        `is ${is}, and roles stand in a folder`,
        'Put a folder in its place, or remove it.',
      );
    } catch (error) {
      return this.#unreadable(path, ...(codeOf(error) === 'ENOENT' ? NOWHERE : reason(error)));
    }
  }

  /** The files below a folder that are wanted, in order, behind links too; what was in the way of listing them. */
  below(
    folder: string,
    accepts: Accepts,
  ): { readonly paths: readonly string[]; readonly problems: readonly Diagnostic[] } {
    const found: Roles = { paths: [], problems: [] };
    if (this.kind(folder) === 'folder') this.#walk(folder, found, new Set(), accepts);
    found.paths.sort();
    return found;
  }

  /** A file's text, or what keeps it from being read; nothing when there is no such file. */
  source(path: string): Source | Diagnostic | undefined {
    return this.#open(path, (source) => source);
  }

  /** The folders directly inside a folder, in order. */
  folders(path: string): readonly string[] {
    return this.#entries(path)
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => `${path}/${name}`)
      .sort();
  }

  /** The files directly inside a folder, in order. */
  files(path: string): readonly string[] {
    return this.#entries(path)
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map(({ name }) => (path === '.' ? name : `${path}/${name}`))
      .sort();
  }

  scenarios(folder: string): readonly string[] {
    const root = folder === '.' ? 'scenarios' : `${folder}/scenarios`;
    this.#folders.add(this.full(root));
    if (this.kind(root) !== 'folder') return [];
    return this.files(root).filter((file) => /\.ya?ml$/i.test(file));
  }

  /** The names of the folders directly inside a folder, hidden ones too, in order. */
  foldersWithin(path: string): readonly string[] {
    return this.#entries(path)
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  }

  /** A path as this class writes it: from the working folder, with forward slashes. */
  path(path: string): string {
    const full = isAbsolute(path) ? path : join(this.#cwd, path);
    return slashed(relative(this.#cwd, full)) || '.';
  }

  /** Where a path of this class stands, from the root of the disk. */
  full(path: string): string {
    return isAbsolute(path) ? path : join(this.#cwd, path);
  }

  /** A path below a folder as the files of that folder are written: `../roles/a.md` for `a.md` below `..`. */
  inside(folder: string, path: string): string {
    const rest = slashed(relative(join(this.#cwd, folder), join(this.#cwd, path)));
    return folder === '.' ? rest : `${folder}/${rest}`;
  }

  #read(path: string, parse: (source: Source) => Document): Document | Diagnostic | undefined {
    return this.#open(path, parse, undecoded);
  }

  #open<T>(
    path: string,
    use: (source: Source) => T,
    failed: (problem: Diagnostic, bytes: Uint8Array) => T | Diagnostic = (problem) => problem,
  ): T | Diagnostic | undefined {
    this.#files.add(this.full(path));
    try {
      const full = this.full(path);
      const stats = statSync(full);
      this.#stats.set(path, stats);
      const why = unfit(stats);
      if (why) return this.#unreadable(path, ...why);
      const bytes = readFileSync(full);
      this.#trace?.content(path, stats, bytes);
      const decoded = decode(path, bytes);
      return 'problem' in decoded ? failed(decoded.problem, bytes) : use(decoded.source);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') return this.#unreadable(path, ...reason(error));
      return this.exists(path) ? this.#unreadable(path, ...NOWHERE) : undefined;
    }
  }

  /** Whether anything stands at a path, be it a link that leads nowhere. */
  exists(path: string): boolean {
    let exists = true;
    try {
      lstatSync(this.full(path));
    } catch {
      exists = false;
    }
    this.#trace?.link(path, exists);
    return exists;
  }

  /** What stands at a path, behind links: a regular file or a folder. */
  kind(path: string): 'file' | 'folder' | undefined {
    let stats: Stats | undefined;
    try {
      stats = statSync(this.full(path));
    } catch {}
    this.#trace?.kind(path, stats);
    return stats?.isDirectory() ? 'folder' : stats?.isFile() ? 'file' : undefined;
  }

  /** Whether the search for a team goes no higher: the root of a repository or of the disk. */
  isRoot(path: string): boolean {
    const full = this.full(path);
    return dirname(full) === full || this.kind(`${path}/.git`) !== undefined;
  }

  /** Whether a folder is the root of a repository. */
  isRepository(path: string): boolean {
    return this.exists(`${path}/.git`);
  }

  /** Writes a file, and the folders that lead to it. Answers why it could not, if so. */
  write(path: string, text: string): string | undefined {
    try {
      const full = this.full(path);
      makeFolder(dirname(full));
      writeFileSync(full, text);
      return undefined;
    } catch (error) {
      return unwritable(error);
    }
  }

  /** What is in a folder, or why that can't be told. */
  #list(path: string): readonly Dirent[] | Diagnostic {
    try {
      const full = this.full(path);
      const stats = this.#trace ? statSync(full) : undefined;
      const entries = readdirSync(full, { withFileTypes: true });
      if (stats) this.#trace?.names(path, stats, entries);
      return entries;
    } catch (error) {
      return this.#unreadable(path, ...reason(error));
    }
  }

  #entries(path: string): readonly Dirent[] {
    const listing = this.#list(path);
    return 'rule' in listing ? [] : listing;
  }

  #real(path: string): string | undefined {
    try {
      const full = this.full(path);
      const real = realpathSync(full);
      if (this.#trace) this.#trace.real(path, statSync(full), real);
      return real;
    } catch {
      this.#trace?.spoil();
      return undefined;
    }
  }

  #unreadable(path: string, why: string, help: string): Diagnostic {
    this.#trace?.spoil();
    return unreadable(path, why, help);
  }
}

/** Whether a name in a folder is a file that is wanted, may be a folder to look into, or is neither. */
export type Accepts = (name: string, path: string) => 'file' | 'maybe' | 'no';

function isRoleFile(name: string): ReturnType<Accepts> {
  if (name.startsWith('.')) return 'no';
  return /\.(?:md|ya?ml)$/i.test(name) ? 'file' : 'maybe';
}

/** The role files of a team, and what was in the way of finding them. */
interface Roles {
  readonly paths: string[];
  readonly problems: Diagnostic[];
}
