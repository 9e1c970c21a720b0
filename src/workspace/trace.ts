import type { Dirent, Stats } from 'node:fs';
import { relative } from 'node:path';
import { digest } from './digest.ts';
import { slashed } from './paths.ts';
import { kindOf, type Mark, markOf, NO_MARK, namesOf, placeMark, realFrom, type Sight } from './sight.ts';

/** One thing that a run saw, and what it was. */
export interface Seen {
  readonly sight: Sight;
  readonly path: string;
  readonly mark: Mark;
  readonly was: string;
}

/** All that a run sees of the disk. A run that would see the same would answer the same. */
export class Trace {
  readonly #cwd: string;
  readonly #started = Date.now();
  readonly #seen = new Map<string, Seen>();
  #unsure = false;

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  /** A path as this trace names it. */
  from(full: string): string {
    return slashed(relative(this.#cwd, full)) || '.';
  }

  /** A file was read; `stats` from before. */
  content(path: string, stats: Stats, bytes: Uint8Array): void {
    this.#add('content', path, markOf(stats, this.#started), digest(bytes));
  }

  /** A folder was listed; `stats` from before. */
  names(path: string, stats: Stats, entries: readonly Dirent[]): void {
    this.#add('names', path, markOf(stats, this.#started), digest(namesOf(entries)));
  }

  /** It was asked where a folder really is. */
  real(path: string, stats: Stats, real: string): void {
    this.#add('real', path, placeMark(stats), realFrom(this.#cwd, real));
  }

  /** It was asked what stands at a path, behind links. */
  kind(path: string, stats: Stats | undefined): void {
    this.#add('kind', path, NO_MARK, kindOf(stats));
  }

  /** It was asked whether anything stands at a path. */
  link(path: string, exists: boolean): void {
    this.#add('link', path, NO_MARK, exists ? 'something' : 'nothing');
  }

  /** Something could not be seen: what a later run would see can't be told. */
  spoil(): void {
    this.#unsure = true;
  }

  /** What was seen, each once; nothing when it can't be told, or when one thing was seen in two ways. */
  seen(): readonly Seen[] | undefined {
    return this.#unsure ? undefined : [...this.#seen.values()];
  }

  #add(sight: Sight, path: string, mark: Mark, was: string): void {
    const key = `${sight} ${path}`;
    const known = this.#seen.get(key);
    if (path.includes('\n') || was.includes('\n') || (known && known.was !== was)) this.spoil();
    if (!known) this.#seen.set(key, { sight, path, mark, was });
  }
}
