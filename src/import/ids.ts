import { trimmedEnd } from '../text/trim.ts';

const WORDS: ReadonlySet<string> = new Set(['self', 'peers', 'delegator']);

/**
 * A name made fit for an id: letters, digits, `-` and `_`, with slashes where the platform has paths. Empty when nothing
 * of the name is left.
 */
export function fitId(name: string, paths = false): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '');
  const spaced = /\s/.test(plain.trim()) ? plain.toLowerCase() : plain;
  const id = (paths ? spaced.split('/') : [spaced])
    .map((part) => {
      const fit = part.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^[-_]+/, '');
      return part.endsWith('-') ? fit : trimmedEnd(fit, '-');
    })
    .filter((part) => part !== '')
    .join('/');
  return WORDS.has(id) ? `${id}-agent` : id;
}

/** Whether an agent keeps its name: the second of two of one name got another id, and can't have the name too. */
export function bears(id: string, fit: string): boolean {
  return fit === id || fit === '';
}

/** The name of a file without its folder and its ending, nor the one before that in `x.mode.md`. */
export function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/(?:\.(?:mode|agent|team))?\.[^.]+$/i, '');
}

/** Gives out ids, each once and none that differs from another in case only: the next one gets a number. */
export class Ids {
  readonly #taken = new Set<string>();
  /** The number that each name tries next. */
  readonly #next = new Map<string, number>();

  /** The id itself, or with the first free number behind it. */
  take(wanted: string): string {
    const name = wanted || 'agent';
    let id = name;
    let number = this.#next.get(name.toLowerCase()) ?? 2;
    for (; this.#taken.has(id.toLowerCase()); number++) id = `${name}-${number}`;
    this.#next.set(name.toLowerCase(), number);
    this.#taken.add(id.toLowerCase());
    return id;
  }
}
