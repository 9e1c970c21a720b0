import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import { readDocument } from '../document/read.ts';
import { readYaml } from '../document/yaml.ts';
import type { Files } from '../team/read.ts';
import type { Disk } from '../workspace/disk.ts';

/** The files of a project as an editor sees them: what is open there goes before what the disk holds. */
export class Buffers implements Files {
  readonly #disk: Disk;
  readonly #texts = new Map<string, string>();
  readonly #documents = new Map<string, Document>();

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** From now on a path holds this text, whatever the disk says. */
  open(path: string, text: string): void {
    this.#texts.set(path, text);
    this.#documents.delete(path);
  }

  /** The disk's word counts again. */
  close(path: string): void {
    this.#texts.delete(path);
    this.#documents.delete(path);
  }

  /** The text of an open file. */
  text(path: string): string | undefined {
    return this.#texts.get(path);
  }

  document(path: string): Document | Diagnostic | undefined {
    const text = this.#texts.get(path);
    if (text === undefined) return this.#disk.document(path);
    const document = this.#documents.get(path) ?? readDocument({ path, text });
    this.#documents.set(path, document);
    return document;
  }

  list(path: string): Document | Diagnostic | undefined {
    const text = this.#texts.get(path);
    return text === undefined ? this.#disk.list(path) : readYaml({ path, text }, 'any');
  }

  roles(folder: string): ReturnType<Files['roles']> {
    const { paths, problems } = this.#disk.roles(folder);
    const root = folder === '.' ? 'roles/' : `${folder}/roles/`;
    const unsaved = [...this.#texts.keys()].filter(
      (path) => path.startsWith(root) && /\.(?:md|ya?ml)$/i.test(path) && !paths.includes(path),
    );
    return { paths: unsaved.length === 0 ? paths : [...paths, ...unsaved].sort(), problems };
  }

  teamFile(path: string): string | undefined {
    return this.#disk.teamFile(path);
  }
}
