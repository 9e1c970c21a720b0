import { Lines } from '../../text/source.ts';
import { MAX_DEPTH } from '../document.ts';
import type { Entry, Node } from '../yaml/nodes.ts';

/** Why a text is not JSON, as the end of a sentence. */
export interface Mistake {
  readonly mistake: string;
  /** Where it was noticed. */
  readonly at?: number;
}

/** Reads JSON in which people left comments and trailing commas; nothing at all reads as undefined. */
export function readJsonc(text: string): { readonly root: Node | undefined } | Mistake {
  const reader = new Reader(text);
  try {
    return { root: reader.whole() };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const { line, column } = new Lines(text).position(error.at);
    return { mistake: `${error.message} in line ${line}, column ${column}`, at: error.at };
  }
}

class Stop extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** White space and comments; a block comment must end. */
const BLANK = /(?:[\s\uFEFF]+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in texts
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Node | undefined {
    this.#blank();
    if (this.#at === this.#text.length) return undefined;
    const root = this.#value(0);
    this.#blank();
    if (this.#at < this.#text.length) throw new Stop('something stands behind the end', this.#at);
    return root;
  }

  #value(depth: number): Node {
    this.#blank();
    const start = this.#at;
    if (depth > MAX_DEPTH) throw new Stop(`values nest deeper than ${MAX_DEPTH}`, start);
    const first = this.#text[start];
    if (first === '{') return this.#map(depth);
    if (first === '[') return this.#list(depth);
    if (first === '"') return this.#string();
    const word = this.#take(WORD);
    if (word === undefined)
      throw new Stop(start === this.#text.length ? 'it ends too early' : 'no value stands', start);
    return { kind: 'scalar', style: 'plain', start, end: this.#at, text: word };
  }

  #string(): Node {
    const start = this.#at;
    const written = this.#take(STRING);
    if (written === undefined) throw new Stop('a text does not end, or holds what must be escaped,', start);
    return { kind: 'scalar', style: 'double', start, end: this.#at, text: JSON.parse(written) as string };
  }

  #map(depth: number): Node {
    const start = this.#at++;
    const entries: Entry[] = [];
    const seen = new Set<string>();
    this.#items('}', () => {
      if (this.#text[this.#at] !== '"') throw new Stop('no key in double quotes stands', this.#at);
      const key = this.#string() as Extract<Node, { kind: 'scalar' }>;
      if (seen.has(key.text)) throw new Stop(`the key "${key.text}" stands twice, again`, key.start);
      seen.add(key.text);
      this.#blank();
      if (this.#text[this.#at++] !== ':') throw new Stop('a colon is missing', this.#at - 1);
      entries.push({ key, value: this.#value(depth + 1) });
    });
    return { kind: 'map', flow: true, start, end: this.#at, entries };
  }

  #list(depth: number): Node {
    const start = this.#at++;
    const items: Node[] = [];
    this.#items(']', () => items.push(this.#value(depth + 1)));
    return { kind: 'list', flow: true, start, end: this.#at, items };
  }

  #items(close: string, read: () => void): void {
    for (;;) {
      this.#blank();
      if (this.#text[this.#at] === close) break;
      read();
      this.#blank();
      if (this.#text[this.#at] === ',') this.#at++;
      else if (this.#text[this.#at] !== close) throw new Stop(`a comma or "${close}" is missing`, this.#at);
    }
    this.#at++;
  }

  #blank(): void {
    this.#take(BLANK);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}
