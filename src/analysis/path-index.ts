import { normalizePath } from '../pattern/normal.ts';

interface Node<T> {
  readonly here: T[];
  /** Everything at this node and below it. */
  readonly all: T[];
  readonly next: Map<string, Node<T>>;
}

/**
 * Things by path patterns, found again by a pattern that may match the same paths: one whose folders without wildcards
 * lie on one line with theirs. What is found has still to be compared.
 */
export class PathIndex<T> {
  readonly #root: Node<T> = node();

  add(pattern: string, thing: T): void {
    let at = this.#root;
    at.all.push(thing);
    for (const folder of foldersOf(pattern)) {
      const next = at.next.get(folder) ?? node<T>();
      at.next.set(folder, next);
      next.all.push(thing);
      at = next;
    }
    at.here.push(thing);
  }

  near(pattern: string): readonly T[] {
    const above: T[] = [];
    let at = this.#root;
    for (const folder of foldersOf(pattern)) {
      above.push(...at.here);
      const next = at.next.get(folder);
      if (!next) return above;
      at = next;
    }
    return [...above, ...at.all];
  }
}

function node<T>(): Node<T> {
  return { here: [], all: [], next: new Map() };
}

/** The segments that a pattern begins with, up to the first that holds a wildcard. */
function foldersOf(pattern: string): readonly string[] {
  const segments = normalizePath(pattern).split('/');
  const wild = segments.findIndex((segment) => /[*?]/.test(segment));
  return wild === -1 ? segments : segments.slice(0, wild);
}
