import { readJsonLoosely } from '../../document/json.ts';
import { type Loose, readLoosely } from '../../document/yaml/loose.ts';
import type { Pointer } from '../../text/place.ts';
import type { Source } from '../../text/source.ts';

/** One mode of a list, with its keys as they are spelled. */
export interface RooMode {
  readonly data: Readonly<Record<string, unknown>>;
  locate(pointer: Pointer, on?: 'key'): readonly [number, number];
}

/** The modes of a file, and why Roo reads none of them, if so. */
export interface RooModes {
  readonly modes: readonly RooMode[];
  /** Where items of the list stand that are no maps, and so no modes. */
  readonly odd?: readonly (readonly [number, number])[];
  readonly broken?: { readonly reason: string; readonly offset: number };
}

/**
 * Reads a list of modes as Roo does: YAML with typographic characters made plain, else JSON. Where Roo gives up, the modes
 * are read one by one.
 */
export function readModes({ text }: Source): RooModes {
  const plain = readLoosely(straightened(text), 0);
  const original = readLoosely(text, 0);
  if (!plain.broken) return listIn(original.broken ? plain : original);
  const json = readJsonLoosely(text);
  if (!json.broken && isStrictJson(text)) return listIn(json);
  if (!original.broken) return { ...listIn(original), broken: plain.broken };
  if (!json.broken) return { ...listIn(json), broken: plain.broken };
  return { modes: pieces(text), broken: original.broken ?? plain.broken };
}

/** Roo 3.52 makes typographic characters plain before it parses; here they keep their length. */
function straightened(text: string): string {
  return text
    .replace(/\u00A0/g, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201C\u201D]/g, '"');
}

function isStrictJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function listIn({ data, locate }: Loose): RooModes {
  const list = data['customModes'];
  if (!Array.isArray(list)) return { modes: typeof data['slug'] === 'string' ? [{ data, locate }] : [] };
  return {
    modes: list.flatMap((item: unknown, index) =>
      isMap(item) ? [{ data: item, locate: (pointer, on) => locate(['customModes', index, ...pointer], on) }] : [],
    ),
    odd: list.flatMap((item: unknown, index) => (isMap(item) ? [] : [locate(['customModes', index])])),
  };
}

/** The modes of a list that is no YAML as a whole: each is read by itself. */
function pieces(text: string): readonly RooMode[] {
  const starts = [...text.matchAll(/^([ \t]*)-[ \t]+(?=slug[ \t]*:)/gm)];
  return starts.map((match, index) => {
    const from = match.index;
    const end = starts[index + 1]?.index ?? text.length;
    const indent = match[0].length;
    const lines = text.slice(from, end).split('\n');
    const cut = lines.map((line, at) =>
      at === 0 ? line.slice(indent) : line.slice(Math.min(indent, line.length - line.trimStart().length)),
    );
    const { data } = readLoosely(cut.join('\n'), from);
    return { data, locate: () => [from, from + (lines[0]?.length ?? 0)] as const };
  });
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
