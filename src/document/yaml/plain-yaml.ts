import { isCutOff } from '../cut-off.ts';

/**
 * Reads YAML that is written as nearly all YAML is: maps and lists in blocks, short ones in brackets on one line, text that
 * is plain or in quotes without escapes, decimal numbers, true and false. js-yaml reads everything else, and reads the same
 * in these; but it takes ten times as long, and most of what teamc does is reading. Answers nothing as soon as it meets
 * something that it does not know, or that a person should be told about.
 */
export function readPlainly(text: string): Record<string, unknown> | undefined {
  if (text.length > LONGEST || STRANGE.test(text)) return undefined;
  const reader = new PlainReader(text);
  reader.nextLine();
  const root = reader.column === 0 ? reader.map(0) : undefined;
  return reader.column === -1 ? root : undefined;
}

/** How long a text may be, in UTF-16 units, and how deep it may nest, so that no limit of reading can be passed here. */
const LONGEST = 100_000;
const DEEPEST = 40;

/** Tabs, line breaks other than `\n`, and what YAML forbids. */
const STRANGE =
  /[^\n\x20-\x7E\u00A0-\u2027\u202A-\uFEFE\uFF00-\uFFFD]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

const KEY = /(?!(?:true|True|TRUE|false|False|FALSE|null|Null|NULL):)[A-Za-z_][\w./-]*(?=:(?: |\n|$))/y;

/** What begins plain text without further thought. */
const START = /[A-Za-z0-9_./($\u00A1-\uFFFD]/;

/** What a number could look like. */
const NUMERIC = /^[\d.][\d._eE+-]*$|^0[xob]|^\.(?:inf|nan)$/i;
const DECIMAL = /^(?:0|[1-9]\d{0,8})(?:\.\d{1,6})?$/;

const [NEWLINE, SPACE, DOUBLE, HASH, SINGLE, COMMA, DASH, COLON] = [10, 32, 34, 35, 39, 44, 45, 58];
const [OPEN_LIST, CLOSE_LIST, OPEN_MAP, CLOSE_MAP] = [91, 93, 123, 125];

/** A value that was read; nothing when it is not of the plain kind. */
type Value = string | number | boolean | readonly unknown[] | Record<string, unknown> | undefined;

class PlainReader {
  /** Where the line that comes next has its first character; -1 behind the last line. */
  column = -1;
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Goes to the next line that holds more than blanks and a comment. */
  nextLine(): void {
    const text = this.#text;
    let at = this.#at;
    while (at < text.length) {
      const start = at;
      while (text.charCodeAt(at) === SPACE) at++;
      const code = text.charCodeAt(at);
      if (at < text.length && code !== NEWLINE && code !== HASH) {
        this.#at = at;
        this.column = at - start;
        return;
      }
      const newline = text.indexOf('\n', at);
      at = newline === -1 ? text.length : newline + 1;
    }
    this.#at = at;
    this.column = -1;
  }

  /** A map whose keys stand in a column, from the first key on. */
  map(column: number): Record<string, unknown> | undefined {
    const map: Record<string, unknown> = {};
    while (true) {
      const key = this.#key();
      if (key === undefined || Object.hasOwn(map, key) || key === '__proto__') return undefined;
      const value = this.#isLast() ? this.#below(column) : this.#rest(column);
      if (value === undefined) return undefined;
      map[key] = value;
      if (this.column < column) return map;
      if (this.column > column) return undefined;
      if (this.#startsItem()) return undefined;
    }
  }

  /** The value of a key that has nothing behind it on its line. */
  #below(column: number): Value {
    this.nextLine();
    if (this.column < column || ++this.#depth > DEEPEST) return undefined;
    const isList = this.#startsItem();
    if (this.column === column && !isList) return undefined;
    const value = isList ? this.#list(this.column, column) : this.map(this.column);
    this.#depth--;
    return value;
  }

  /** A list whose dashes stand in a column, as the value of a key that stands in another. */
  #list(column: number, outer: number): readonly unknown[] | undefined {
    const list: unknown[] = [];
    while (this.column === column && this.#startsItem()) {
      const start = this.#at;
      this.#at++;
      this.#skipSpaces();
      KEY.lastIndex = this.#at;
      const value = KEY.test(this.#text) ? this.map(column + this.#at - start) : this.#rest(column);
      if (value === undefined) return undefined;
      list.push(value);
    }
    return this.column > column || (this.column > outer && this.column !== -1) ? undefined : list;
  }

  #startsItem(): boolean {
    return this.#text.charCodeAt(this.#at) === DASH && this.#text.charCodeAt(this.#at + 1) === SPACE;
  }

  /** A key, and the colon behind it. */
  #key(): string | undefined {
    KEY.lastIndex = this.#at;
    if (!KEY.test(this.#text)) return undefined;
    const key = this.#text.slice(this.#at, KEY.lastIndex);
    this.#at = KEY.lastIndex + 1;
    return key;
  }

  #skipSpaces(): void {
    while (this.#text.charCodeAt(this.#at) === SPACE) this.#at++;
  }

  #lineEnds(): boolean {
    return this.#at >= this.#text.length || this.#text.charCodeAt(this.#at) === NEWLINE;
  }

  /** Whether nothing but a comment stands on the rest of a line. */
  #isLast(): boolean {
    const from = this.#at;
    this.#skipSpaces();
    if (this.#at > from && this.#text.charCodeAt(this.#at) === HASH) {
      const newline = this.#text.indexOf('\n', this.#at);
      this.#at = newline === -1 ? this.#text.length : newline;
    }
    return this.#lineEnds();
  }

  /** The value that the rest of a line is; what follows must not go on with it. */
  #rest(column: number): Value {
    this.#skipSpaces();
    const code = this.#text.charCodeAt(this.#at);
    const value =
      code === OPEN_LIST || code === OPEN_MAP || code === DOUBLE || code === SINGLE ? this.#inside() : this.#plain();
    if (value === undefined) return undefined;
    if (!this.#isLast()) return undefined;
    this.nextLine();
    return this.column > column ? undefined : value;
  }

  /** Plain text to the end of its line, or to the comment behind it. */
  #plain(): Value {
    const text = this.#text;
    const newline = text.indexOf('\n', this.#at);
    let end = newline === -1 ? text.length : newline;
    const comment = text.indexOf(' #', this.#at);
    if (comment !== -1 && comment < end) end = comment;
    while (text.charCodeAt(end - 1) === SPACE) end--;
    const said = text.slice(this.#at, end);
    if (said.includes(': ') || said.endsWith(':') || isCutOff(text, this.#at, end)) return undefined;
    this.#at = end;
    return meant(said);
  }

  /** A value within brackets, or in them or in quotes itself. */
  #inside(): Value {
    switch (this.#text.charCodeAt(this.#at)) {
      case OPEN_LIST:
        return this.#within(() => this.#flowList());
      case OPEN_MAP:
        return this.#within(() => this.#flowMap());
      case DOUBLE:
      case SINGLE:
        return this.#quoted();
      default:
        return this.#word();
    }
  }

  #within<T>(read: () => T): T | undefined {
    if (++this.#depth > DEEPEST) return undefined;
    this.#at++;
    this.#skipSpaces();
    const value = read();
    this.#depth--;
    return value;
  }

  #flowList(): readonly unknown[] | undefined {
    const list: unknown[] = [];
    if (this.#take(CLOSE_LIST)) return list;
    while (true) {
      const value = this.#inside();
      if (value === undefined) return undefined;
      list.push(value);
      this.#skipSpaces();
      if (this.#take(CLOSE_LIST)) return list;
      if (!this.#take(COMMA)) return undefined;
      this.#skipSpaces();
    }
  }

  #flowMap(): Record<string, unknown> | undefined {
    const map: Record<string, unknown> = {};
    if (this.#take(CLOSE_MAP)) return map;
    while (true) {
      const key = this.#key();
      if (key === undefined || Object.hasOwn(map, key) || key === '__proto__') return undefined;
      this.#skipSpaces();
      const value = this.#inside();
      if (value === undefined) return undefined;
      map[key] = value;
      this.#skipSpaces();
      if (this.#take(CLOSE_MAP)) return map;
      if (!this.#take(COMMA)) return undefined;
      this.#skipSpaces();
    }
  }

  #take(code: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== code) return false;
    this.#at++;
    return true;
  }

  /** Text in quotes, on one line and without escapes. */
  #quoted(): string | undefined {
    const quote = this.#text.charAt(this.#at);
    const end = this.#text.indexOf(quote, this.#at + 1);
    if (end === -1) return undefined;
    const said = this.#text.slice(this.#at + 1, end);
    if (said.includes('\n') || (quote === '"' ? said.includes('\\') : this.#text.charAt(end + 1) === quote))
      return undefined;
    this.#at = end + 1;
    return said;
  }

  /** Plain text within brackets. */
  #word(): Value {
    const text = this.#text;
    let end = this.#at;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === COMMA || code === CLOSE_LIST || code === CLOSE_MAP) break;
      if (code === NEWLINE || code === OPEN_LIST || code === OPEN_MAP) return undefined;
      if (code === COLON && END_OF_KEY.test(text.charAt(end + 1))) return undefined;
      if (code === HASH && text.charCodeAt(end - 1) === SPACE) return undefined;
    }
    let last = end;
    while (text.charCodeAt(last - 1) === SPACE) last--;
    const said = text.slice(this.#at, last);
    this.#at = end;
    return meant(said);
  }
}

/** What makes a colon within brackets more than a part of a text. */
const END_OF_KEY = /^[ ,[\]{}\n]?$/;

/** What plain text stands for. */
function meant(said: string): Value {
  if (!START.test(said.charAt(0))) return undefined;
  switch (said) {
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    case 'null':
    case 'Null':
    case 'NULL':
      return undefined;
    default:
      if (said.charCodeAt(0) > 57 || !NUMERIC.test(said)) return said;
      return DECIMAL.test(said) ? Number(said) : undefined;
  }
}
