import type { Mistake } from './jsonc.ts';
import { type OwnEntry, type OwnTree, ownTree, stepKey } from './owned.ts';
import { blockEntry, type Layout, spread } from './render.ts';
import { indentOf, splice, type Undo, unsplice } from './splice.ts';
import { readSettings, type Settings } from './tree.ts';
import { canonical, type MapValue, ownValue, stepOf, type Value } from './values.ts';
import { type InTheWay, Unmergeable, Walk } from './walk.ts';

/** What teamc remembers of its part in a file that people share with it. */
export interface OwnPart {
  /** Whether the file was not there before. */
  readonly created: boolean;
  readonly entries: readonly OwnEntry[];
  /** How the file becomes what it was before teamc, as long as nobody changes it. */
  readonly undo?: Undo;
}

/** What a merge starts from. */
export interface MergeInput {
  /** The extension of the file says how it is written. */
  readonly path: string;
  /** The file as it stands; undefined when there is none. */
  readonly text: string | undefined;
  /** What teamc has to say in it, as a file of its own; undefined takes everything of teamc's out. */
  readonly ours: string | undefined;
  /** What teamc did to it before, and whether the file is still as teamc left it. */
  readonly own?: OwnPart | undefined;
  readonly untouched: boolean;
}

/** A merged file: undefined text means that nothing of it is left. */
export interface Merged {
  readonly text: string | undefined;
  readonly own: OwnPart | undefined;
  /** What would be overwritten; nobody should write the text unless a person agrees. */
  readonly inTheWay: readonly InTheWay[];
}

/**
 * Puts teamc's entries into a file in which people keep their own, and takes out those that are no more. Comments, order
 * and layout of everything else stay as they are; the result is read again, and refused unless it holds exactly that.
 */
export function merge(input: MergeInput): Merged | Mistake {
  const { own, untouched, ours } = input;
  if (input.text !== undefined && own?.undo && untouched) {
    const text = own.created ? undefined : unsplice(input.text, own.undo);
    if (ours === undefined) return { text, own: undefined, inTheWay: [] };
    const forced = own.entries.filter((entry) => Object.hasOwn(entry, 'before'));
    return mergeInto({ ...input, text }, forced, true);
  }
  return mergeInto(input, own?.entries ?? [], own === undefined);
}

function mergeInto(input: MergeInput, known: readonly OwnEntry[], isFirst: boolean): Merged | Mistake {
  const { path, text, ours } = input;
  const mine = ours === undefined ? undefined : readSettings(path, ours);
  if (mine && 'mistake' in mine) return { mistake: `what teamc would write can't be read: ${mine.mistake}` };
  const value = mine ? ownValue(mine) : { kind: 'map' as const, entries: new Map<string, Value>() };
  if (value?.kind !== 'map') return { mistake: 'what teamc would write is not a map' };
  if (text === undefined || text.trim() === '') return whole(ours, text, value);
  if (isFirst && text === ours && value.entries.size > 0) return whole(ours, undefined, value);
  const settings = readSettings(path, text);
  if ('mistake' in settings) return settings;
  try {
    return edited(input, settings, value, known, isFirst);
  } catch (error) {
    if (error instanceof Unmergeable) return { mistake: error.message };
    throw error;
  }
}

/** A file that holds nothing but what is teamc's. */
function whole(ours: string | undefined, before: string | undefined, value: MapValue): Merged {
  if (ours === undefined) return { text: before, own: undefined, inTheWay: [] };
  const created = before === undefined;
  const entries = claim(value, ours);
  return { text: ours, own: { created, entries, undo: [[0, ours.length, before ?? '']] }, inTheWay: [] };
}

function claim(value: MapValue, text: string): readonly OwnEntry[] {
  const walk = new Walk({ text: '{}', layout: layoutOf(text), json: true });
  walk.map({ kind: 'map', flow: true, start: 0, end: 2, entries: [] }, {}, value, undefined, []);
  return walk.entries;
}

function edited(
  input: MergeInput,
  settings: Settings,
  value: MapValue,
  known: readonly OwnEntry[],
  isFirst: boolean,
): Merged | Mistake {
  const { text } = settings;
  const walk = new Walk({ text, layout: layoutOf(text), json: settings.format === 'json' });
  const tree = ownTree(known);
  if (settings.root?.kind === 'map') walk.map(settings.root, settings.data, value, tree, []);
  else if (settings.root)
    return { mistake: `it holds a ${settings.root.kind === 'list' ? 'list' : 'single value'} and no map` };
  else if (input.ours !== undefined) {
    walk.splices.push({ start: text.length, end: text.length, text: appended(settings, value, layoutOf(text)) });
    walk.entries.push(...claim(value, text));
  }
  const made = splice(text, walk.splices);
  const after = readSettings(settings.format === 'json' ? 'a.json' : 'a.yaml', made.text);
  if ('mistake' in after || !isSame(settings.data, after.data, tree, ownTree(walk.entries)))
    return { mistake: "its layout is one that teamc can't edit without a loss" };
  return {
    ...left(input, made.text, walk.entries, isFirst && !walk.adopted ? made.undo : undefined),
    inTheWay: walk.inTheWay,
  };
}

/** What is left of a file, and what of it is teamc's. */
function left(
  { ours, own }: MergeInput,
  text: string,
  entries: readonly OwnEntry[],
  undo: Undo | undefined,
): Pick<Merged, 'text' | 'own'> {
  const created = undo === undefined && own?.created === true;
  if (ours === undefined && created && text.replace(/[{}\s]/g, '') === '') return { text: undefined, own: undefined };
  if (entries.length === 0) return { text, own: undefined };
  return { text, own: { created, entries, ...(undo ? { undo } : {}) } };
}

/** What is written behind comments, where there is no value yet. */
function appended({ text, format }: Settings, value: MapValue, layout: Layout): string {
  const start = text === '' || text.endsWith('\n') ? '' : layout.eol;
  if (format === 'json') return `${start}${spread(value, '', layout)}${layout.eol}`;
  const entries = [...value.entries].map(([key, item]) => blockEntry(key, item, '', layout));
  return `${start}${entries.join(layout.eol)}${layout.eol}`;
}

/** How a text is laid out: its line breaks, and how far its first inner line is set in. */
function layoutOf(text: string): Layout {
  const first = /\n([ \t]+)\S/.exec(text);
  const unit = first ? indentOf(text, first.index + 1 + first[1]!.length) : '  ';
  return { unit: unit.startsWith('\t') ? '\t' : unit.slice(0, 8), eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

/** Whether two texts hold the same but for what is or was teamc's, order included. */
function isSame(before: unknown, after: unknown, was: OwnTree, is: OwnTree): boolean {
  const strip = (data: unknown): string => canonical(without(without(data ?? {}, was), is) ?? {}, false);
  return strip(before) === strip(after);
}

/** Data without teamc's entries, and without the maps and lists that hold nothing but them. */
function without(data: unknown, own: OwnTree): unknown {
  if (own.entry?.sha256 !== undefined) return undefined;
  if (own.below.size === 0) return own.entry && isEmpty(data) ? undefined : data;
  if (data === null) return undefined;
  if (typeof data !== 'object') return data;
  if (Array.isArray(data)) {
    const items = data.flatMap((item: unknown) => {
      const tree = own.below.get(stepKey(stepOf(item)));
      return tree ? [without(item, tree)].filter((left) => left !== undefined) : [item];
    });
    return items.length === 0 ? undefined : items;
  }
  const entries = Object.entries(data).flatMap(([key, value]) => {
    const tree = own.below.get(key);
    const left = tree ? without(value, tree) : (value as unknown);
    return left === undefined ? [] : [[key, left] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function isEmpty(data: unknown): boolean {
  return typeof data === 'object' && data !== null && Object.keys(data).length === 0;
}
