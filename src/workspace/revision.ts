import { posix } from 'node:path';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { decode } from '../document/decode.ts';
import { type Document, MAX_FILE_SIZE } from '../document/document.ts';
import { readDocument } from '../document/read.ts';
import { readYaml } from '../document/yaml/yaml.ts';
import type { Files } from '../team/read.ts';
import type { Source } from '../text/source.ts';
import { git } from './git.ts';
import { Trouble } from './trouble.ts';

/** A file as a revision holds it. */
interface Blob {
  readonly oid: string;
  readonly isLink: boolean;
}

/** The name of a revision, and the folder in which its paths begin. */
interface Opened {
  readonly name: string;
  readonly cwd: string;
  /** From the root of the repository to the working folder. */
  readonly prefix: string;
  readonly blobs: ReadonlyMap<string, Blob>;
}

/**
 * The files of a git revision, read out of the repository without a look at the work tree. Paths are relative to the working folder, as on
 * the disk.
 */
export class Revision implements Files {
  readonly name: string;
  readonly #cwd: string;
  readonly #prefix: string;
  readonly #blobs: ReadonlyMap<string, Blob>;
  readonly #contents = new Map<string, Buffer>();
  readonly #documents = new Map<string, Document | Diagnostic | undefined>();

  /** Use `openRevision`. */
  constructor({ name, cwd, prefix, blobs }: Opened) {
    this.name = name;
    this.#cwd = cwd;
    this.#prefix = prefix;
    this.#blobs = blobs;
  }

  /** A path as git writes it, from the root of the repository or with `./` from the working folder, as seen from there. */
  path(path: string): string {
    if (/^\.{1,2}(?:\/|$)/.test(path)) return posix.normalize(path).replace(/(.)\/$/, '$1');
    return posix.relative(`/${this.#prefix}`, posix.join('/', path)) || '.';
  }

  document(path: string): Document | Diagnostic | undefined {
    if (!this.#documents.has(path)) this.#documents.set(path, this.#read(path, readDocument));
    return this.#documents.get(path);
  }

  list(path: string): Document | Diagnostic | undefined {
    return this.#read(path, (source) => readYaml(source, 'any'));
  }

  roles(folder: string): { readonly paths: readonly string[]; readonly problems: readonly Diagnostic[] } {
    const paths = this.#below(folder === '.' ? 'roles' : `${folder}/roles`).filter(
      (path) => /\.(?:md|ya?ml)$/i.test(path) && !/(?:^|\/)\.[^./]/.test(path),
    );
    this.#fetch(paths);
    return { paths: paths.sort(), problems: [] };
  }

  teamFile(path: string): string | undefined {
    if (this.#blob(path)) return path;
    const inFolder = (name: string): string => (path === '.' ? name : `${path}/${name}`);
    const usual = ['team.yaml', 'team.yml'].map(inFolder).find((file) => this.#blob(file));
    if (usual !== undefined) return usual;
    return this.#below(path)
      .filter((file) => /\.ya?ml$/i.test(file) && posix.dirname(file) === path)
      .find((file) => this.#isTeamFile(file));
  }

  #isTeamFile(path: string): boolean {
    const found = this.document(path);
    if (!found || 'rule' in found) return false;
    const { data } = found;
    return typeof data === 'object' && data !== null && 'teamc' in data && !('request' in data);
  }

  /** The files below a folder. */
  #below(folder: string): string[] {
    const start = this.#inTree(folder);
    const root = start === '' ? '' : `${start}/`;
    return [...this.#blobs.keys()]
      .filter((path) => path.startsWith(root))
      .map((path) => posix.relative(`/${this.#prefix}`, `/${path}`));
  }

  /** A path from the root of the repository; empty for the root itself. */
  #inTree(path: string): string {
    return posix.join('/', this.#prefix, path).slice(1).replace(/\/$/, '');
  }

  /** The file at a path, behind links. */
  #blob(path: string): Blob | undefined {
    let at = this.#inTree(path);
    for (let links = 0; links < MOST_LINKS; links++) {
      const blob = this.#blobs.get(at);
      if (!blob?.isLink) return blob;
      at = posix.join(posix.dirname(at), this.#content(blob).toString('utf8'));
    }
    return undefined;
  }

  #content({ oid }: Blob): Buffer {
    const known = this.#contents.get(oid) ?? git(this.#cwd, ['cat-file', 'blob', oid]);
    if (!known) throw new Trouble(`git has no content for a file of "${this.name}"; fetch the whole history first.`);
    this.#contents.set(oid, known);
    return known;
  }

  /** Gets many files at once. */
  #fetch(paths: readonly string[]): void {
    const oids = new Set(paths.flatMap((path) => this.#blob(path)?.oid ?? []));
    const missing = [...oids].filter((oid) => !this.#contents.has(oid));
    const answer = missing.length > 1 ? git(this.#cwd, ['cat-file', '--batch'], `${missing.join('\n')}\n`) : undefined;
    for (let at = 0; answer && at < answer.length; ) {
      const end = answer.indexOf(0x0a, at);
      const [oid = '', , size = ''] = answer.toString('utf8', at, end).split(' ');
      if (!/^\d+$/.test(size)) at = end + 1;
      else {
        this.#contents.set(oid, answer.subarray(end + 1, end + 1 + Number(size)));
        at = end + 2 + Number(size);
      }
    }
  }

  #read(path: string, parse: (source: Source) => Document): Document | Diagnostic | undefined {
    const blob = this.#blob(path);
    if (!blob) return undefined;
    const bytes = this.#content(blob);
    if (bytes.length > MAX_FILE_SIZE) return tooLarge(path);
    const decoded = decode(path, bytes);
    return 'problem' in decoded ? decoded.problem : parse(decoded.source);
  }
}

const MOST_LINKS = 8;

/** Opens a revision by any name that git knows. Fails with a `Trouble` where there is no git, no repository or no such revision. */
export function openRevision(cwd: string, name: string): Revision {
  const prefix = git(cwd, ['rev-parse', '--show-prefix']);
  if (!prefix) throw new Trouble(`"${name}" can't be read: the working folder is in no git repository.`);
  const tree = git(cwd, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{tree}`]);
  if (!tree) throw new Trouble(`git knows no revision "${name}"; in a shallow clone, fetch it first.`);
  const listing = git(cwd, ['ls-tree', '-r', '-z', '--full-tree', tree.toString('utf8').trim()]);
  if (!listing) throw new Trouble(`git can't list the files of "${name}".`);
  return new Revision({ name, cwd, prefix: prefix.toString('utf8').replace(/\n$/, ''), blobs: blobsIn(listing) });
}

/** Reads lines such as `100644 blob OID<tab>PATH`, each ended by a zero byte. */
function blobsIn(listing: Buffer): ReadonlyMap<string, Blob> {
  const blobs = new Map<string, Blob>();
  for (const line of listing.toString('utf8').split('\0')) {
    const [, mode, type, oid, path] = /^(\d+) (\w+) ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? [];
    if (type === 'blob') blobs.set(path!, { oid: oid!, isLink: mode === '120000' });
  }
  return blobs;
}

function tooLarge(path: string): Diagnostic {
  return {
    rule: 'yaml-syntax',
    severity: 'error',
    at: { file: path, pointer: [] },
    message: `${path} can't be read: it is larger than ${MAX_FILE_SIZE / 1_000_000} MB.`,
  };
}
