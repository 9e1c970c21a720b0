import type { Place, Pointer } from '../text/place.ts';
import type { Range } from './document.ts';
import type { Entry, Node } from './yaml/nodes.ts';

/** The range of the value (or key) that a pointer names below a node; of the nearest enclosing value if it is missing. */
export function locate(root: Node, { pointer, on }: Pick<Place, 'pointer' | 'on'>): Range {
  const [parent, missing] = descend(root, on === 'key' ? pointer.slice(0, -1) : pointer);
  if (on !== 'key' || missing) return [parent.start, parent.end];
  const step = pointer.at(-1);
  const found = step === undefined ? parent : (entryOf(parent, step)?.key ?? childOf(parent, step) ?? parent);
  return [found.start, found.end];
}

function descend(root: Node, pointer: Pointer): readonly [node: Node, missing: boolean] {
  let node = root;
  for (const step of pointer) {
    const child = childOf(node, step);
    if (!child) return [node, true];
    node = child;
  }
  return [node, false];
}

function childOf(parent: Node, step: string | number): Node | undefined {
  const node = resolve(parent);
  if (node?.kind === 'list') return typeof step === 'number' ? node.items[step] : undefined;
  return entryOf(parent, step)?.value;
}

function entryOf(parent: Node, step: string | number): Entry | undefined {
  const node = resolve(parent);
  if (node?.kind !== 'map') return undefined;
  if (node.entries.length < MANY) return node.entries.findLast(({ key }) => keyText(key) === String(step));
  let table = tables.get(node);
  if (!table) {
    table = new Map(node.entries.map((entry) => [keyText(entry.key), entry]));
    tables.set(node, table);
  }
  return table.get(String(step));
}

/** From so many entries on a map is not searched one by one. */
const MANY = 30;

const tables = new WeakMap<Node, ReadonlyMap<string | undefined, Entry>>();

/** The text of a key, also where it is written as an alias; undefined for a map or a list. */
export function keyText(key: Node): string | undefined {
  const node = resolve(key);
  return node?.kind === 'scalar' ? node.text : undefined;
}

/** What a node stands for: itself, or what its alias names. */
export function resolve(node: Node): Exclude<Node, { kind: 'alias' }> | undefined {
  return node.kind === 'alias' ? node.target && resolve(node.target) : node;
}
