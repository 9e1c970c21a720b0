import type { Place } from '../text/place.ts';
import type { Document } from './document.ts';
import { splitFrontMatter } from './front-matter.ts';
import { keyText } from './locate.ts';
import { type Entry, type ListNode, type MapNode, type Node, nodesOf } from './yaml/nodes.ts';
import { attempt } from './yaml/recover.ts';

/** A value in the tree of its document, and the way that leads to it. */
export interface Way {
  /** The value, or the key if the place is one. */
  readonly node: Node;
  /** From the root down, all that the value lies in. */
  readonly steps: readonly Step[];
}

/** A list or map, and the member of it that the way goes on with. */
export interface Step {
  readonly parent: ListNode | MapNode;
  readonly index: number;
}

const roots = new WeakMap<Document, { readonly root: Node | undefined }>();

/**
 * Finds a place in the tree of a document. Undefined when it isn't there, when the way to it leads through an alias, so
 * that a change would show elsewhere too, or when the document can't be read as it stands.
 */
export function wayTo(document: Document, { pointer, on }: Pick<Place, 'pointer' | 'on'>): Way | undefined {
  let node = rootOf(document);
  const steps: Step[] = [];
  for (const [depth, step] of pointer.entries()) {
    if (node?.kind === 'list') {
      if (typeof step !== 'number') return undefined;
      steps.push({ parent: node, index: step });
      node = node.items[step];
    } else if (node?.kind === 'map') {
      const index: number = node.entries.findLastIndex(({ key }) => keyText(key) === String(step));
      const entry: Entry | undefined = node.entries[index];
      steps.push({ parent: node, index });
      node = on === 'key' && depth === pointer.length - 1 ? entry?.key : entry?.value;
    } else return undefined;
  }
  return node && { node, steps };
}

function rootOf(document: Document): Node | undefined {
  const known = roots.get(document);
  if (known) return known.root;
  const { text, kind } = document;
  const [start, end] = kind === 'yaml' ? [0, text.length] : (splitFrontMatter(document).yaml ?? [0, 0]);
  const yaml = text.slice(start, end);
  const events = attempt(yaml);
  const [root, ...others] = Array.isArray(events) ? nodesOf(yaml, events, start) : [];
  const found = { root: others.length === 0 ? root : undefined };
  roots.set(document, found);
  return found.root;
}
