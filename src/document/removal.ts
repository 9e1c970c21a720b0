import type { Range } from './document.ts';
import type { Step, Way } from './way.ts';
import type { Node } from './yaml/nodes.ts';

/** A part of a text that becomes another. */
export interface Cut {
  readonly range: Range;
  readonly text: string;
  /** The list or map that loses a member by it: where it begins, and how many it has. */
  readonly loses?: { readonly start: number; readonly size: number };
}

/**
 * The cuts that take a list item, or a key with its value, out of a text: its lines go, with the comment behind it and
 * the ignores above it. What is left of a list or map without members is `[]` or `{}`. Undefined when something else
 * hangs on it or on what it is in (an anchor), when a comment would be torn, or when it is all that the file holds.
 */
export function removal(text: string, { steps }: Way): readonly Cut[] | undefined {
  const step = steps.at(-1);
  const member = step && memberOf(text, step, step.index);
  if (!step || !member) return undefined;
  const bound = [...steps.map(({ parent }) => parent), ...nodesIn(step)].some(({ anchor }) => anchor !== undefined);
  if (bound) return undefined;
  const cuts = step.parent.flow ? fromFlow(text, step, member) : fromBlock(text, step, member, steps.at(-2));
  const loses = { start: step.parent.start, size: sizeOf(step) };
  return cuts?.map((cut, index) => (index === 0 ? { ...cut, loses } : cut));
}

/** A member from its dash or key to its end. */
function memberOf(text: string, { parent }: Step, index: number): Range | undefined {
  if (parent.kind === 'map') {
    const entry = parent.entries[index];
    return entry && [entry.key.start, Math.max(entry.key.end, entry.value.end)];
  }
  const item = parent.items[index];
  if (!item) return undefined;
  if (parent.flow) return [item.start, item.end];
  const dash = text.lastIndexOf('-', item.start - 1);
  return dash === -1 || text.slice(dash + 1, item.start).trim() !== '' ? undefined : [dash, item.end];
}

/** The nodes that a member consists of. */
function nodesIn({ parent, index }: Step): readonly Node[] {
  const open: Node[] =
    parent.kind === 'map'
      ? Object.values(parent.entries[index] as { key: Node; value: Node })
      : [parent.items[index] as Node];
  const found: Node[] = [];
  for (let node = open.pop(); node; node = open.pop()) {
    found.push(node);
    if (node.kind === 'list') open.push(...node.items);
    else if (node.kind === 'map') for (const { key, value } of node.entries) open.push(key, value);
  }
  return found;
}

function sizeOf({ parent }: Step): number {
  return parent.kind === 'map' ? parent.entries.length : parent.items.length;
}

function emptied({ parent }: Step): string {
  return parent.kind === 'map' ? '{}' : '[]';
}

function fromFlow(text: string, step: Step, [start, end]: Range): readonly Cut[] | undefined {
  const { parent, index } = step;
  if (sizeOf(step) === 1) {
    const around = text.slice(parent.start, start) + text.slice(end, parent.end);
    return around.includes('#') ? undefined : [{ range: [parent.start, parent.end], text: emptied(step) }];
  }
  const from = lineStart(text, start);
  const alone =
    text.slice(from, start).trim() === '' ? match(/[ \t]*,?[ \t]*(?:#[^\n]*?)?\r?\n/y, text, end) : undefined;
  if (alone !== undefined) return [{ range: [from, alone], text: '' }];
  const comma = match(/\s*,[ \t]*/y, text, end);
  if (comma !== undefined && index < sizeOf(step) - 1) return [{ range: [start, comma], text: '' }];
  const before = memberOf(text, step, index - 1);
  if (!before || !/^\s*,\s*$/.test(text.slice(before[1], start))) return undefined;
  return [{ range: [before[1], end], text: '' }];
}

function fromBlock(
  text: string,
  step: Step,
  [start, end]: Range,
  holder: Step | undefined,
): readonly Cut[] | undefined {
  const from = lineStart(text, start);
  const to = match(/[ \t]*(?:#[^\n]*?)?(?:\r?\n|$)/y, text, end);
  const before = text.slice(from, start);
  if (to === undefined) return undefined;
  if (before.trim() === '') {
    if (sizeOf(step) === 1) return emptiedBlock(text, step, [from, to], holder);
    return [{ range: lines(text, from, to), text: '' }];
  }
  if (!/^[ \t]*(?:-[ \t]+)+$/.test(before)) return undefined;
  if (sizeOf(step) === 1) return [{ range: [start, end], text: emptied(step) }];
  const next = memberOf(text, step, step.index + 1);
  if (!next || text.slice(to, next[0]).trim() !== '') return undefined;
  return [{ range: [start, next[0]], text: '' }];
}

/** Whole lines, with the ignores that are about the first of them. At the end of a file the line break before goes. */
function lines(text: string, start: number, end: number): Range {
  let from = start;
  while (from > 0) {
    const above = lineStart(text, from - 1);
    if (!/^[ \t]*#[ \t]*teamc-ignore\b/.test(text.slice(above, from))) break;
    from = above;
  }
  if (end < text.length || text[end - 1] === '\n') return [from, end];
  return [Math.max(0, text[from - 2] === '\r' ? from - 2 : from - 1), end];
}

/** The last member goes: `key:` with its lines below becomes `key: []`. */
function emptiedBlock(
  text: string,
  step: Step,
  [from, to]: Range,
  holder: Step | undefined,
): readonly Cut[] | undefined {
  const key = holder?.parent.kind === 'map' ? holder.parent.entries[holder.index]?.key : undefined;
  if (!key) return undefined;
  const colon = match(/[ \t]*:/y, text, key.end);
  if (colon === undefined || match(/[ \t]*(?:#[^\n]*)?\r?\n/y, text, colon) === undefined) return undefined;
  return [
    { range: [colon, colon], text: ` ${emptied(step)}` },
    { range: lines(text, from, to), text: '' },
  ];
}

function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** Where a sticky pattern that begins at an offset ends. */
function match(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
