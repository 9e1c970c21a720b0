import { constructFromEvents, EVENT_ID, type Event, YAMLException } from 'js-yaml';
import type { Place, Pointer } from '../../text/place.ts';
import { lineEnd } from '../cut-off.ts';
import type { Range } from '../document.ts';
import { locate } from '../locate.ts';
import { isOversized } from './aliases.ts';
import { type Node, nodesOf } from './nodes.ts';
import { attempt } from './recover.ts';

/** A key whose value is no YAML, and was taken as the text that stands there. */
export interface Mended {
  readonly key: string;
  /** The key and its value, in the file. */
  readonly range: Range;
}

/** What strict YAML refuses. */
export interface Broken {
  readonly reason: string;
  readonly offset: number;
  /** Lax readers take it: nothing else is wrong than that a key stands twice, where the last one counts, or an unknown tag. */
  readonly lax?: true;
}

/** YAML written for another program, read: nothing is held against its style, and what can't be read is text. */
export interface Loose {
  /** The map that it is; empty where it is none. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Why strict YAML can't read it, in the parser's words, and where in the file; absent where it can. */
  readonly broken?: Broken;
  readonly mended: readonly Mended[];
  /** Where a value or key stands in the file; of the nearest enclosing value if it is missing. */
  locate(pointer: Pointer, on?: Place['on']): Range;
}

/**
 * Reads the YAML in a part of a file that another program's authors wrote. What strict YAML refuses is read key by key:
 * a value that is no YAML by itself becomes the text that stands there, lines below it included. `start` is where the
 * text begins in its file.
 */
export function readLoosely(text: string, start: number): Loose {
  const whole = read(text, start);
  if (!('reason' in whole)) return { ...whole, mended: [] };
  const taken = read(text, start, 'lax');
  if (!('reason' in taken)) return { ...taken, broken: { ...whole, lax: true }, mended: [] };
  const pieces = piecesOf(text).map((piece) => ({ ...piece, ...pieceRead(text, piece, start) }));
  const byKey = new Map<Pointer[number] | undefined, (typeof pieces)[number]>(
    pieces.map((piece) => [piece.key, piece]),
  );
  return {
    data: Object.fromEntries(pieces.map(({ key, value }) => [key, value])),
    broken: whole,
    mended: pieces.flatMap(({ key, range, mended }) => (mended ? [{ key, range: at(range, start) }] : [])),
    locate(pointer, on) {
      const piece = byKey.get(pointer[0]);
      if (!piece) return [start, start + text.length];
      if (piece.locate) return piece.locate(pointer, on);
      return at(on === 'key' ? [piece.range[0], piece.range[0] + piece.key.length] : piece.valueRange, start);
    },
  };
}

/** A text as YAML, or why it is none. */
function read(text: string, start: number, how: 'strict' | 'lax' = 'strict'): Pick<Loose, 'data' | 'locate'> | Broken {
  const events = attempt(text);
  if (!Array.isArray(events)) return { reason: events.reason, offset: start + events.offset };
  if (events.filter(({ type }) => type === EVENT_ID.DOCUMENT).length > 1)
    return { reason: 'it is several documents', offset: start + Math.max(0, text.search(/(?<=\n)(?:\.\.\.|---)/)) };
  let root: Node | undefined;
  const tree = (): Node | undefined => {
    root ??= nodesOf(text, events, start)[0];
    return root;
  };
  if (text.includes('*')) {
    const first = tree();
    const why = first && isOversized(first);
    if (why !== undefined) return { reason: 'its aliases stand for too much', offset: start };
  }
  const made = how === 'lax' ? dataOf(withoutTags(events, text), text, true) : dataOf(events, text, false);
  if ('reason' in made) return { ...made, offset: start + made.offset };
  const data = made.data ?? {};
  if (typeof data !== 'object' || Array.isArray(data)) return { reason: 'it is no map', offset: start };
  return {
    data: data as Record<string, unknown>,
    locate(pointer, on) {
      const node = tree();
      // A document without any value stands nowhere.
      return node && node.start >= start
        ? locate(node, on ? { pointer, on } : { pointer })
        : [start, start + text.length];
    },
  };
}

function dataOf(events: readonly Event[], text: string, json: boolean): { readonly data: unknown } | Broken {
  try {
    return { data: constructFromEvents(events as Event[], { source: text, json })[0] };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { reason: error.reason, offset: Math.max(0, error.mark?.position ?? 0) };
  }
}

const KNOWN_TAGS = ['!!str', '!!int', '!!float', '!!bool', '!!null', '!!map', '!!seq'];

/** Without the tags that only some readers know. */
function withoutTags(events: readonly Event[], text: string): readonly Event[] {
  return events.map((event) =>
    !('tagStart' in event) || event.tagStart < 0 || KNOWN_TAGS.includes(text.slice(event.tagStart, event.tagEnd))
      ? event
      : { ...event, tagStart: -1, tagEnd: -1 },
  );
}

/** A key at the start of a line, with everything up to the next one. */
interface Piece {
  readonly key: string;
  readonly range: Range;
  readonly valueRange: Range;
}

const KEY = /^([A-Za-z_][\w.-]*)[ \t]*:(?=[ \t]|\r?$)/;
/** Who speaks in the examples that people paste into descriptions. */
const SPEAKERS = /^(?:user|assistant|system|human|context|commentary|claude|ai|q|a|note|example|examples)$/i;

/** Keys that platforms read: one of them ends an example that nobody closed. */
const PLATFORM_KEYS: ReadonlySet<string> = new Set([
  ...['name', 'description', 'tools', 'model', 'color', 'mode', 'permission', 'temperature', 'disallowedTools'],
  ...['permissionMode', 'maxTurns', 'skills', 'slug', 'groups', 'version'],
]);

function piecesOf(text: string): readonly Piece[] {
  const found: { key: string; start: number; value: number }[] = [];
  const keys = new Set<string>();
  let inExample = false;
  for (let line = 0; line < text.length; ) {
    const end = lineEnd(text, line);
    const written = text.slice(line, end);
    const key = KEY.exec(written);
    const known = key !== null && keys.has(key[1]!);
    const speaks = key !== null && found.length > 0 && SPEAKERS.test(key[1]!);
    const swallowed = inExample && !(key && PLATFORM_KEYS.has(key[1]!));
    if (key && !known && !speaks && !swallowed) {
      keys.add(key[1]!);
      found.push({ key: key[1]!, start: line, value: line + key[0].length });
    }
    inExample = opensExample(written, inExample);
    const next = text.indexOf('\n', end);
    line = next === -1 ? text.length : next + 1;
  }
  return found.map(({ key, start, value }, index) => {
    const end = (found[index + 1]?.start ?? text.length) as number;
    const body = text.slice(value, end);
    const from = value + (body.length - body.trimStart().length);
    return {
      key,
      range: [start, Math.max(from, value + body.trimEnd().length)],
      valueRange: [from, Math.max(from, value + body.trimEnd().length)],
    };
  });
}

/** Whether an `<example>` is still open behind a line. */
function opensExample(line: string, before: boolean): boolean {
  const opened = line.lastIndexOf('<example>');
  const closed = line.lastIndexOf('</example>');
  return opened === closed ? before : opened > closed;
}

function pieceRead(
  text: string,
  { key, range, valueRange }: Piece,
  start: number,
): { readonly value: unknown; readonly mended: boolean; readonly locate?: Loose['locate'] } {
  const own = read(text.slice(...range), start + range[0]);
  if (!('reason' in own)) return { value: own.data[key], mended: false, locate: own.locate };
  return { value: unquoted(text.slice(...valueRange)), mended: true };
}

/** The text of a value that is no YAML: without the quotes around it, if there are any. */
function unquoted(value: string): string {
  const folded = value.replace(/\r\n/g, '\n').replace(/^[|>][+-]?\n/, '');
  const quoted = /^(["'])([\s\S]*)\1$/.exec(folded);
  return (quoted ? quoted[2]! : folded).trim();
}

function at([from, to]: Range, start: number): Range {
  return [from + start, to + start];
}
