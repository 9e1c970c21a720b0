import type { Node } from '../yaml/nodes.ts';
import { type Change, type Ground, indentOf, lineEnd, lineStart, nextLine, type Splice } from './splice.ts';

/** Splices for a change of a block of YAML: children have lines of their own. Comments on other lines stay. */
export function changeBlock(ground: Ground, change: Change): readonly Splice[] {
  const { text, layout } = ground;
  const children = childrenOf(ground, change);
  const gone = [...change.gone].map((index) => {
    const { start, end } = children[index]!;
    return { start: lineStart(text, start), end: nextLine(text, end), text: '' };
  });
  const kept = children.findLast((_, index) => !change.gone.has(index));
  if (kept && change.come.length > 0) {
    const at = lineEnd(text, kept.end);
    const written = change.come.map((child) => `${layout.eol}${change.indent}${child}`).join('');
    return [...gone, { start: at, end: at, text: written }];
  }
  if (kept) return gone;
  const at = lineStart(text, children[0]!.start);
  // The dashes of a list may stand below its key; brackets have to be set in.
  const none = change.node.kind === 'list' ? `${layout.unit}[]` : '{}';
  const instead = change.come.length > 0 ? change.come : [none];
  return [
    { start: at, end: at, text: instead.map((child) => `${change.indent}${child}${layout.eol}`).join('') },
    ...gone,
  ];
}

/** How far the children of a block are set in. */
export function blockIndent(ground: Ground, change: Pick<Change, 'node'>): string {
  const first = childrenOf(ground, change)[0];
  return first ? indentOf(ground.text, first.start) : '';
}

/** From the dash or the key to the end of the value; blank lines belong to a text that keeps them. */
function childrenOf({ text }: Ground, { node }: Pick<Change, 'node'>): readonly { start: number; end: number }[] {
  if (node.kind === 'map')
    return node.entries.map(({ key, value }) => ({ start: key.start, end: endOf(text, value, key.end) }));
  return node.items.map((item) => ({ start: dashBefore(text, item.start), end: endOf(text, item, item.start) }));
}

function dashBefore(text: string, at: number): number {
  const dash = text.lastIndexOf('-', at - 1);
  return text.slice(dash + 1, at).trim() === '' ? dash : at;
}

function endOf(text: string, node: Node, least: number): number {
  const last = lastScalar(node);
  // The end of a map or list that ends in a block of text is where its blank lines end.
  const end = Math.max(last?.style === 'block' ? last.end : node.end, least);
  if (last?.style !== 'block' || !/^[|>]\d?\+/.test(text.slice(last.start, last.start + 3))) return end;
  const blank = /(?:[ \t]*\r?\n)*/y;
  blank.lastIndex = nextLine(text, end);
  const lines = blank.exec(text)?.[0] ?? '';
  return lines === '' ? end : blank.lastIndex - 1;
}

function lastScalar(node: Node | undefined): Extract<Node, { kind: 'scalar' }> | undefined {
  if (node?.kind === 'map') return lastScalar(node.entries.at(-1)?.value);
  if (node?.kind === 'list') return lastScalar(node.items.at(-1));
  return node?.kind === 'scalar' ? node : undefined;
}
