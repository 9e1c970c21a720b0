import { lineEnd } from '../document/cut-off.ts';
import type { Document, Range } from '../document/document.ts';
import { readToml } from '../document/toml.ts';
import { type Loose, readLoosely } from '../document/yaml/loose.ts';
import type { Place, Pointer } from '../text/place.ts';
import type { Source } from '../text/source.ts';
import type { Passage } from './found.ts';

/** A Markdown file with front matter, as its author meant it, wherever the front matter stands and whatever fences it has. */
export interface AgentFile {
  readonly source: Source;
  /** The front matter; absent when there is none. */
  readonly header?: Header;
  /** What the author wrote in front of the front matter, such as a heading. */
  readonly before?: Range;
  /** The text below, without the line breaks around it. */
  readonly body?: Range;
}

/** Front matter, read. */
export interface Header extends Loose {
  readonly format: 'yaml' | 'toml';
  /** Its text, without the fences. */
  readonly range: Range;
  /** The line that opens it. */
  readonly fence: Range;
  /** Whether a line closes it. */
  readonly closed: boolean;
}

const BLANK_OR_TITLE = /^(?:[ \t]*\r?\n|#{1,6}[ \t][^\n]*\n|<!--(?:(?!-->)[\s\S])*-->[ \t]*\r?\n)*/;
const FENCE = /^(-{3,}|\+{3,})[ \t]*\r?$/;
const KEYS = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*["']?[\p{L}_][\p{L}\p{N}_.-]*["']?[ \t]*[:=](?:\s|$)/u;

/** Splits and reads a file. Never fails: what can't be read as keys is text. */
export function readAgentFile(source: Source): AgentFile {
  const { text } = source;
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const before = BLANK_OR_TITLE.exec(text.slice(start))?.[0].length ?? 0;
  const fence = start + before;
  const opening = FENCE.exec(text.slice(fence, lineEnd(text, fence)));
  const from = lineEnd(text, fence) === text.length ? text.length : text.indexOf('\n', fence) + 1;
  if (!opening || !KEYS.test(text.slice(from, from + 2000))) return { source, ...part('body', text, start) };
  const toml = opening[1]!.startsWith('+');
  const closing = (toml ? /^\+{3,}[ \t]*\r?$/m : /^-{3,}[ \t]*\r?$/m).exec(text.slice(from));
  const end = closing ? from + closing.index : unclosedEnd(text, from);
  const header = toml ? readToml(text.slice(from, end), from) : readLoosely(text.slice(from, end), from);
  const rest = closing ? end + closing[0].length : end;
  return {
    source,
    header: {
      ...header,
      format: toml ? 'toml' : 'yaml',
      range: [from, end],
      fence: [fence, lineEnd(text, fence)],
      closed: closing !== null,
    },
    ...(before > 0 ? part('before', text.slice(0, fence), start) : {}),
    ...part('body', text, text[rest] === '\r' ? rest + 1 : rest),
  };
}

/** Where front matter that nobody closed probably ends: at the first blank line that no key follows. */
function unclosedEnd(text: string, from: number): number {
  const blank = /\n[ \t]*\r?\n(?![A-Za-z_][\w-]*:(?:\s|$)|[ \t]+\S)/.exec(text.slice(from));
  return blank ? from + blank.index + 1 : text.length;
}

function part(name: 'body' | 'before', text: string, from: number): { readonly [key in typeof name]?: Range } {
  const rest = text.slice(from);
  const lead = /^(?:[ \t]*\r?\n)*/.exec(rest)?.[0].length ?? 0;
  const end = from + rest.trimEnd().length;
  return from + lead < end ? { [name]: [from + lead, end] } : {};
}

/** A part of a file as it stands there. */
export function passageOf({ path, text }: Source, [start, end]: Range, pointer: Pointer = []): Passage {
  return {
    text: text.slice(start, end),
    place: (from, to): Place => ({ file: path, pointer, span: [start + from, start + to] }),
  };
}

/** The whole text of a file, without the blanks around it. */
export function wholeText(source: Source): Passage {
  const start = source.text.length - source.text.trimStart().length;
  return passageOf(source, [start, start + source.text.trim().length]);
}

/** The texts of a file that become the prompt, in order. */
export function promptOf({ source, before, body }: AgentFile): readonly Passage[] {
  return [before, body].flatMap((range) => (range ? [passageOf(source, range)] : []));
}

/** A file whose places are parts of its text, as the reports need it to show lines. */
export function plainDocument(source: Source, kind: Document['kind'] = 'markdown'): Document {
  const document: Document = {
    path: source.path,
    text: source.text,
    kind,
    data: {},
    problems: [],
    range: ({ span }) => span ?? [0, 0],
    origin: (place) => ({ document, place }),
  };
  return document;
}
