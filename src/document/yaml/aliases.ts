import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import type { Pointer } from '../../text/place.ts';
import { MAX_DEPTH, MAX_VALUES } from '../document.ts';
import { excerpt, fix, problem, quote, spot } from '../problem.ts';
import type { AliasNode, Node } from './nodes.ts';
import { takenForAlias } from './surprises.ts';
import type { Walk } from './walk.ts';

/** An alias that names nothing, or something that holds it; undefined for one that can be followed. */
export function unresolvedAlias(walk: Walk, node: AliasNode, pointer: Pointer): Diagnostic | undefined {
  if (node.target) return undefined;
  const { path, text } = walk.source;
  const at = spot(path, [node.start, node.end], pointer);
  const value = text.slice(node.start, node.end);
  if (walk.around.some(({ kind, anchor }) => kind !== 'scalar' && anchor === node.name))
    return problem(at, `\`${excerpt(value)}\` stands inside the value that it repeats.`, {
      help: 'Write the value out.',
    });
  const meant = didYouMean(node.name, walk.anchors);
  if (walk.anchors.size === 0)
    return problem(at, takenForAlias(excerpt(value)), {
      help: `Write ${quote(value)}.`,
      ...fix('Quote the value', 'safe', { at, text: quote(value) }),
    });
  const help = `Write ${quote(value)} if it is meant as text.`;
  return problem(
    at,
    `\`${excerpt(value)}\` repeats a value by name, but no value is marked \`&${excerpt(node.name)}\` before it.`,
    {
      help: meant ? `Did you mean \`*${meant}\`? ${help}` : help,
      ...fix('Quote the value', meant ? 'unsafe' : 'safe', { at, text: quote(value) }),
    },
  );
}

/** Says so if a tree, with its aliases written out, has more values or levels than a file may have. */
export function isOversized(root: Node): string | undefined {
  const sizes = new Map<Node, { readonly values: number; readonly depth: number }>();
  const measure = (node: Node): { readonly values: number; readonly depth: number } => {
    const known = sizes.get(node);
    if (known) return known;
    let values = 1;
    let depth = 0;
    for (const child of childrenOf(node)) {
      const size = measure(child);
      values = Math.min(values + size.values, Number.MAX_SAFE_INTEGER);
      depth = Math.max(depth, size.depth);
    }
    const size = { values, depth: depth + (node.kind === 'alias' ? 0 : 1) };
    sizes.set(node, size);
    return size;
  };
  const { values, depth } = measure(root);
  if (values > MAX_VALUES) return `The file holds more than ${MAX_VALUES} values, its aliases written out.`;
  if (depth > MAX_DEPTH) return `The file nests deeper than ${MAX_DEPTH} levels, its aliases written out.`;
  return undefined;
}

function childrenOf(node: Node): readonly Node[] {
  if (node.kind === 'alias') return node.target ? [node.target] : [];
  if (node.kind === 'list') return node.items;
  return node.kind === 'map' ? node.entries.flatMap(({ key, value }) => [key, value]) : [];
}
