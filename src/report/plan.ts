import { Chalk, type ChalkInstance } from 'chalk';
import type { Style } from './result.ts';
import { count } from './summary.ts';
import { visible } from './visible.ts';

/** What a build does, or would do, to one file. */
export interface FileChange {
  /** From the output folder, with forward slashes. */
  readonly path: string;
  readonly action: 'create' | 'update' | 'remove' | 'keep';
  /** The role that the file is for, or `team`. */
  readonly from: string;
  readonly target: string;
  /** Whether people keep entries of their own in the file. */
  readonly shared: boolean;
  /** Of the content that the build leaves behind; empty for a file that goes. */
  readonly sha256: string;
  readonly before?: string;
  readonly after?: string;
  /** Why teamc does not touch the file unless a person says so: the end of a sentence. */
  readonly drift?: string;
}

/** How many files with one pattern are named one by one. */
const NAMED = 2;

const DONE = { create: 'created', update: 'updated', remove: 'removed', keep: 'unchanged' } as const;
const PLANNED = { create: 'to create', update: 'to update', remove: 'to remove', keep: 'unchanged' } as const;

/** What happened to the files, or would happen: one line for each pattern of paths. */
export function prettyChanges(changes: readonly FileChange[], isDone: boolean, { color }: Style): string {
  const paint = new Chalk({ level: color });
  const words = isDone ? DONE : PLANNED;
  const actions = ['create', 'update', 'remove'] as const;
  const lines = actions.flatMap((action) => {
    const rows = patterns(changes.filter((change) => change.action === action));
    const title = colourOf(action, paint)(words[action].padEnd(10));
    return rows.map((row, index) => `  ${index === 0 ? title : ' '.repeat(10)} ${row}\n`);
  });
  const kept = changes.filter(({ action }) => action === 'keep').length;
  const rest = kept > 0 && lines.length > 0 ? [`  ${paint.dim(words.keep.padEnd(10))} ${count(kept, 'file')}\n`] : [];
  return [...lines, ...rest].join('');
}

/** Paths as a person takes them in: those that differ only in the role's name become one. */
function patterns(changes: readonly FileChange[]): readonly string[] {
  const groups = new Map<string, FileChange[]>();
  for (const change of changes) {
    const pattern = patternOf(change);
    groups.set(pattern, [...(groups.get(pattern) ?? []), change]);
  }
  return [...groups].flatMap(([pattern, group]) =>
    group.length <= NAMED ? group.map(described) : [`${visible(pattern)}  (${count(group.length, 'file')})`],
  );
}

function patternOf({ path, from }: FileChange): string {
  if (from === 'team') return path;
  const ids = [from, from.replaceAll('/', '-'), from.replaceAll(/[/_]/g, '-')];
  const id = ids.find((each) => path.includes(each));
  if (id === undefined) return path;
  const at = path.lastIndexOf(id);
  return `${path.slice(0, at)}*${path.slice(at + id.length)}`;
}

function described({ path, shared, action }: FileChange): string {
  const note = shared && action === 'update' ? "  (teamc's entries only)" : '';
  return visible(path) + note;
}

function colourOf(action: 'create' | 'update' | 'remove', paint: ChalkInstance): ChalkInstance {
  return action === 'create' ? paint.green : action === 'update' ? paint.yellow : paint.red;
}

/** One line about all files of a build, such as `3 files to write, 1 to remove`. */
export function tally(changes: readonly FileChange[], isDone: boolean): string {
  const number = (actions: readonly FileChange['action'][]) =>
    changes.filter(({ action }) => actions.includes(action)).length;
  const written = number(['create', 'update']);
  const removed = number(['remove']);
  if (changes.length === 0) return 'nothing here is its own';
  if (written + removed === 0) return `${count(changes.length, 'file')} up to date`;
  const parts = [
    ...(written > 0 ? [`${count(written, 'file')} ${isDone ? 'written' : 'to write'}`] : []),
    ...(removed > 0 ? [`${count(removed, 'file')} ${isDone ? 'removed' : 'to remove'}`] : []),
  ];
  return parts.join(', ');
}

/** The files of a build as programs read them. */
export function changesJson(changes: readonly FileChange[]): readonly object[] {
  return changes
    .filter(({ action }) => action !== 'remove')
    .map(({ path, sha256, from, target, action }) => ({ path, sha256, from, target, action }));
}
