import type { Line } from './lines.ts';
import type { Relation } from './relation.ts';

/** The relations of an item that ends in a colon, and what the items right below it say that they are about. */
export class Topics {
  readonly relations: readonly Relation[];
  readonly #topics: string[] = [];
  readonly #depth: number;
  #below: number | undefined;
  #over = false;

  /** Relations that say themselves what they are about stay as they are. */
  constructor(relations: readonly Relation[], { depth }: Pick<Line, 'depth'>) {
    this.relations = relations.map((relation) =>
      relation.for === undefined ? { ...relation, topics: this.#topics } : relation,
    );
    this.#depth = depth;
  }

  /** Takes in the next line of the text. */
  hear(text: string, { kind, depth, start, end }: Line): void {
    if (this.#over || kind === 'blank') return;
    this.#over = kind !== 'item' || depth <= this.#depth || depth < (this.#below ?? depth);
    if (this.#over) return;
    this.#below ??= depth;
    if (depth === this.#below && end - start <= LONGEST) this.#topics.push(plain(text.slice(start, end)));
  }
}

/** Longer items are instructions. */
const LONGEST = 300;

function plain(text: string): string {
  return text
    .replace(/\*\*|`/g, '')
    .replace(/:$/, '')
    .trim();
}
