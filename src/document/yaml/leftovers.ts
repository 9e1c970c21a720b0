import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Pointer } from '../../text/place.ts';
import type { Range } from '../document.ts';
import { keyText } from '../locate.ts';
import { excerpt, fix, problem, quote, spot } from '../problem.ts';
import type { Entry, MapNode, Node } from './nodes.ts';
import type { Walk } from './walk.ts';

/** What a map in braces lost to its commas: the finding, and the entries that it explains. */
export interface Leftovers {
  readonly problem: Diagnostic;
  readonly entries: ReadonlySet<Entry>;
}

/** Whether a node is a value that isn't written at all. */
export function isEmpty(node: Node): boolean {
  return node.kind === 'scalar' && node.style === 'plain' && node.start === node.end;
}

/**
 * In braces a comma ends a value, so that `{ do: a, b }` has a key `b` without a value, and `{date}` is a map.
 * Undefined where no key is left over like that.
 */
export function leftovers(walk: Walk, node: MapNode, pointer: Pointer): Leftovers | undefined {
  if (!node.flow) return undefined;
  const from = node.entries.findIndex(isLeftOver);
  if (from === -1) return undefined;
  let to = from;
  while (to < node.entries.length && isLeftOver(node.entries[to] as Entry)) to++;
  const owner = node.entries[from - 1];
  const rest = node.entries.slice(from, to);
  if (owner?.value.kind === 'scalar') return { problem: lostText(walk, owner, rest, pointer), entries: new Set(rest) };
  if (rest.length === node.entries.length) return { problem: braces(walk, node, pointer), entries: new Set(rest) };
  return undefined;
}

function isLeftOver({ key, value }: Entry): boolean {
  return key.kind === 'scalar' && !isEmpty(key) && isEmpty(value) && value.end === key.end;
}

function lostText(walk: Walk, owner: Entry, rest: readonly Entry[], pointer: Pointer): Diagnostic {
  const { path, text } = walk.source;
  const names = rest.map(({ key }) => `\`${excerpt(keyText(key) ?? '')}\``);
  const span: Range = [owner.value.start, rest.at(-1)?.key.end ?? owner.value.end];
  const quoted = quote(text.slice(...span));
  const name = keyText(owner.key) ?? '';
  const are = names.length > 1 ? 'are keys without values' : 'is a key without a value';
  const message = `${list(names)} ${are} here, because in braces a comma ends the value of \`${excerpt(name)}\`.`;
  const at = spot(path, [rest[0]?.key.start ?? span[0], span[1]], pointer);
  if (quoted.includes('\n'))
    return problem(at, message, {
      help: 'Quote the value if it is one text, or write it in brackets if it is a list.',
    });
  return problem(at, message, {
    help: `Write ${quoted} if it is one text, or [${text.slice(...span)}] if it is a list.`,
    ...fix('Quote the text', 'unsafe', { at: spot(path, span, pointer), text: quoted }),
  });
}

function braces(walk: Walk, node: MapNode, pointer: Pointer): Diagnostic {
  const { path, text } = walk.source;
  const value = text.slice(node.start, node.end);
  const single = node.entries.length === 1;
  const at = spot(path, [node.start, node.end], pointer);
  const names = node.entries.map(({ key }) => keyText(key)).join(', ');
  return problem(at, `YAML takes \`${excerpt(value)}\` for a map whose keys have no values.`, {
    help: `Write ${quote(excerpt(value))} if it is text${single ? '' : `, or [${excerpt(names)}] if it is a list`}.`,
    ...(value.includes('\n') ? {} : fix('Quote the text', single ? 'safe' : 'unsafe', { at, text: quote(value) })),
  });
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
