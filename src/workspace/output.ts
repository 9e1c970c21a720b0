import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { refusal } from './output-path.ts';
import { isBelow } from './paths.ts';
import type { Trace } from './trace.ts';
import { codeOf, Trouble, trouble } from './trouble.ts';

/** teamc's own folder in an output folder. */
export const OWN_FOLDER = '.teamc';

/** Larger files are not compared byte by byte, because teamc writes none. */
const MAX_READ = 32_000_000;

/** A file that stands in the output folder. */
export interface Standing {
  readonly bytes: Buffer;
  readonly sha256: string;
}

/**
 * The folder that a build writes into. Paths are relative to it, with forward slashes. Links that lead outside are never
 * followed: whatever stands behind one is a `Trouble`.
 */
export class Output {
  readonly root: string;
  readonly #shown: string;
  readonly #folders = new Map<string, string | undefined>();
  readonly #trace: Trace | undefined;

  /** `root` is absolute; `shown` is how the person calls it. What is seen is noted in `trace`. */
  constructor(root: string, shown: string, trace?: Trace) {
    this.root = root;
    this.#trace = trace;
    this.#shown = shown;
  }

  /** A path as the person knows it. */
  show(path: string): string {
    const folder = this.#shown.replace(/^\.\//, '').replace(/\/+$/, '');
    if (folder === '.' || folder === '') return path || '.';
    return path === '' ? folder : `${folder}/${path}`;
  }

  /** Forgets what is known of folders, because they may have changed. */
  forget(): void {
    this.#folders.clear();
  }

  /** The regular file at a path, read; undefined when there is none. */
  look(path: string): Standing | undefined {
    const full = this.locate(path);
    if (full === undefined) return undefined;
    const stats = this.#stats(full, path);
    if (!stats) return undefined;
    if (stats.isDirectory()) throw new Trouble(`"${this.show(path)}" can't be written: there is a folder.`);
    if (!stats.isFile()) throw new Trouble(`"${this.show(path)}" can't be written: there is a pipe or a device.`);
    try {
      const bytes = stats.size > MAX_READ ? Buffer.alloc(0) : readFileSync(full);
      this.#trace?.content(this.#trace.from(full), stats, bytes);
      return { bytes, sha256: stats.size > MAX_READ ? 'too large' : sha256(bytes) };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw trouble(`"${this.show(path)}" can't be read`, error);
    }
  }

  /** Whether a folder stands at a path. */
  hasFolder(path: string): boolean {
    return this.#folder(path) !== undefined;
  }

  /** The names in a folder; none when it is not there. */
  names(path: string): readonly string[] {
    const folder = path === '' ? this.#rootFolder() : this.#folder(path);
    if (folder === undefined) return [];
    try {
      const stats = lstatSync(folder);
      const entries = readdirSync(folder, { withFileTypes: true });
      this.#trace?.names(this.#trace.from(folder), stats, entries);
      return entries.map(({ name }) => name).sort();
    } catch (error) {
      throw trouble(`"${this.show(path)}" can't be read`, error);
    }
  }

  /** Where a path really stands, behind links that stay inside; undefined while its folder is not there. */
  locate(path: string): string | undefined {
    const why = path.startsWith(`${OWN_FOLDER}/`) ? undefined : refusal(path);
    if (why !== undefined) throw new Trouble(`"${path}" can't be written: the path ${why}.`);
    const slash = path.lastIndexOf('/');
    const folder = slash === -1 ? this.#rootFolder() : this.#folder(path.slice(0, slash));
    if (folder === undefined) return undefined;
    const full = join(folder, path.slice(slash + 1));
    return this.#stats(full, path)?.isSymbolicLink() ? this.#behind(full, path) : full;
  }

  /** A folder's real place; undefined when it is not there. */
  #folder(path: string): string | undefined {
    if (this.#folders.has(path)) return this.#folders.get(path);
    const slash = path.lastIndexOf('/');
    const above = slash === -1 ? this.#rootFolder() : this.#folder(path.slice(0, slash));
    const found = above === undefined ? undefined : this.#step(join(above, path.slice(slash + 1)), path);
    this.#folders.set(path, found);
    return found;
  }

  #step(full: string, path: string): string | undefined {
    const stats = this.#stats(full, path);
    if (!stats) return undefined;
    const real = stats.isSymbolicLink() ? this.#behind(full, path) : full;
    if (!stats.isDirectory() && !this.#stats(real, path)?.isDirectory())
      throw new Trouble(`Nothing can be written below "${this.show(path)}": it is a file and no folder.`);
    return real;
  }

  #rootFolder(): string | undefined {
    if (this.#folders.has('')) return this.#folders.get('');
    const found = this.#realRoot();
    this.#folders.set('', found);
    return found;
  }

  #realRoot(): string | undefined {
    try {
      const real = realpathSync(this.root);
      this.#trace?.real(this.#trace.from(this.root), statSync(this.root), real);
      if (!lstatSync(real).isDirectory()) throw new Trouble(`"${this.#shown}" is a file; --out takes a folder.`);
      return real;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw trouble(`The output folder "${this.#shown}" can't be used`, error);
    }
  }

  /** Where a link leads, as long as that is inside. */
  #behind(full: string, path: string): string {
    let real: string;
    try {
      real = realpathSync(full);
    } catch (error) {
      const where = codeOf(error) === 'ELOOP' ? 'to itself' : 'nowhere';
      throw new Trouble(`"${this.show(path)}" can't be written: it is a link that leads ${where}.`);
    }
    if (!isBelow(this.#rootFolder() ?? this.root, real))
      throw new Trouble(
        `"${this.show(path)}" can't be written: it is a link that leads out of the folder, to ${real}.`,
      );
    return real;
  }

  #stats(full: string, path: string): Stats | undefined {
    try {
      const stats = lstatSync(full);
      if (stats.isSymbolicLink()) this.#trace?.spoil();
      else if (stats.isDirectory()) this.#trace?.kind(this.#trace.from(full), stats);
      return stats;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') this.#trace?.link(this.#trace.from(full), false);
      if (codeOf(error) === 'ENOENT') return undefined;
      throw trouble(`"${this.show(path)}" can't be read`, error);
    }
  }
}

/** The SHA-256 of bytes or of text as UTF-8, in hexadecimal. */
export function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}
