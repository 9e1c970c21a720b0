import type { ListNode, MapNode } from '../yaml/nodes.ts';
import type { Layout } from './render.ts';

/** One replacement in a text, by UTF-16 offsets. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What takes back a list of splices: where in the new text, how many characters, and what stood there. */
export type Undo = readonly (readonly [start: number, length: number, text: string])[];

/** A text with splices made, and how to take them back. They must not overlap; those at one place are made in their order. */
export function splice(text: string, splices: readonly Splice[]): { readonly text: string; readonly undo: Undo } {
  const undo: [number, number, string][] = [];
  let made = '';
  let at = 0;
  for (const { start, end, text: instead } of splices.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    made += text.slice(at, start);
    undo.push([made.length, instead.length, text.slice(start, end)]);
    made += instead;
    at = end;
  }
  return { text: made + text.slice(at), undo };
}

/** Takes splices back. */
export function unsplice(text: string, undo: Undo): string {
  return splice(
    text,
    undo.map(([start, length, instead]) => ({ start, end: start + length, text: instead })),
  ).text;
}

/** A change of a map or list: children that go, by index, and children that come, already written. */
export interface Change {
  readonly node: MapNode | ListNode;
  readonly gone: ReadonlySet<number>;
  readonly come: readonly string[];
  /** How far the children that come are set in. */
  readonly indent: string;
}

/** The text that a change is made in, and how it is laid out. */
export interface Ground {
  readonly text: string;
  readonly layout: Layout;
  /** Whether it is JSON, where brackets may stand on any line; YAML wants them set in. */
  readonly json: boolean;
}

/** The first character of the line that an offset stands in. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** The white space that a line begins with. */
export function indentOf(text: string, at: number): string {
  const start = lineStart(text, at);
  return /^[ \t]*/.exec(text.slice(start, at))?.[0] ?? '';
}

/** The end of the line that an offset stands in, without its line break. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' && end > at ? end - 1 : end;
}

/** Where the next line begins. */
export function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}
