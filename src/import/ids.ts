const WORDS: ReadonlySet<string> = new Set(['self', 'peers', 'delegator']);

/**
 * A name made fit for an id: letters, digits, `-` and `_`, with slashes where the platform has paths. Empty when nothing
 * of the name is left.
 */
export function fitId(name: string, paths = false): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '');
  const spaced = /\s/.test(plain.trim()) ? plain.toLowerCase() : plain;
  const id = (paths ? spaced.split('/') : [spaced])
    .map((part) =>
      part
        .replace(/[^A-Za-z0-9_-]+/g, '-')
        .replace(/^[-_]+/, '')
        .replace(part.endsWith('-') ? /$/ : /-+$/, ''),
    )
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

  /** The id itself, or with the first free number behind it. */
  take(wanted: string): string {
    let id = wanted || 'agent';
    for (let number = 2; this.#taken.has(id.toLowerCase()); number++) id = `${wanted || 'agent'}-${number}`;
    this.#taken.add(id.toLowerCase());
    return id;
  }
}
