/**
 * Things by their ids and by their other names: aliases, and the last segment of an id.
 * An id always wins; another name counts only where it means one thing.
 */
export class Names<T> {
  readonly #byId = new Map<string, T>();
  readonly #byOtherName = new Map<string, { readonly id: string; readonly thing: T }[]>();
  #ids: readonly string[] = [];

  /** Adds a thing; of two with one id the first counts. */
  add(id: string, aliases: readonly string[], thing: T): void {
    if (this.#byId.has(id)) return;
    this.#byId.set(id, thing);
    const segment = id.includes('/') ? [id.slice(id.lastIndexOf('/') + 1)] : [];
    for (const name of new Set([...segment, ...aliases])) {
      const known = this.#byOtherName.get(name);
      if (known) known.push({ id, thing });
      else this.#byOtherName.set(name, [{ id, thing }]);
    }
  }

  find(name: string): { readonly thing: T; readonly exact: boolean } | undefined {
    const own = this.#byId.get(name);
    if (own !== undefined) return { thing: own, exact: true };
    const [other, ...more] = this.#byOtherName.get(name) ?? [];
    return other && more.length === 0 ? { thing: other.thing, exact: false } : undefined;
  }

  /** The ids that another name could mean, where it means several. */
  several(name: string): readonly string[] {
    const others = this.#byId.has(name) ? [] : (this.#byOtherName.get(name) ?? []);
    return others.length > 1 ? others.map(({ id }) => id) : [];
  }

  /** All ids, in the order in which they were added. */
  ids(): readonly string[] {
    if (this.#ids.length !== this.#byId.size) this.#ids = [...this.#byId.keys()];
    return this.#ids;
  }
}
