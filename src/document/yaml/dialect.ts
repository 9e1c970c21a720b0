import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Place, Pointer } from '../../text/place.ts';
import type { Source } from '../../text/source.ts';
import { isCutOff, lineEnd } from '../cut-off.ts';
import type { Range } from '../document.ts';
import { keyText, resolve } from '../locate.ts';
import { capitalize, excerpt, fix, nameOf, problem, quote, spot } from '../problem.ts';
import { isOversized, unresolvedAlias } from './aliases.ts';
import { isEmpty, leftovers } from './leftovers.ts';
import type { Entry, MapNode, Node, ScalarNode } from './nodes.ts';
import type { Walk } from './walk.ts';

/** What the language thinks of a text that is good YAML. */
export interface Judgement {
  readonly problems: readonly Diagnostic[];
  /** Whether data can be made of it: no alias leads nowhere, into itself, or to more values than a file may hold. */
  readonly sound: boolean;
}

/**
 * Finds what YAML allows and the language doesn't: custom tags, merges, duplicate and non-text keys, nulls,
 * aliases that lead nowhere or to too much, and what YAML silently makes of unquoted text.
 */
export function judge(source: Source, root: Node, anchors: ReadonlySet<string>): Judgement {
  const walk: Walk = { source, problems: [], anchors, around: [], sound: true };
  visit(walk, root, []);
  if (walk.sound) {
    const message = isOversized(root);
    if (message) {
      walk.problems.push(problem(spot(source.path, [root.start, root.start]), message));
      walk.sound = false;
    }
  }
  return walk;
}

function visit(walk: Walk, node: Node, pointer: Pointer): void {
  if (node.kind === 'alias') {
    const found = unresolvedAlias(walk, node, pointer);
    if (found) walk.problems.push(found);
    if (found) walk.sound = false;
    return;
  }
  checkTag(walk, node, pointer);
  walk.around.push(node);
  if (node.kind === 'scalar') checkScalar(walk, node, pointer);
  else if (node.kind === 'list')
    for (const [index, item] of node.items.entries()) visit(walk, item, [...pointer, index]);
  else visitMap(walk, node, pointer);
  walk.around.pop();
}

function visitMap(walk: Walk, node: MapNode, pointer: Pointer): void {
  const told = leftovers(walk, node, pointer);
  if (told) walk.problems.push(told.problem);
  const first = new Map<string, Entry>();
  for (const entry of node.entries) {
    if (told?.entries.has(entry)) continue;
    const name = checkKey(walk, entry, pointer, first);
    visit(walk, entry.value, [...pointer, name]);
  }
}

function checkKey(walk: Walk, entry: Entry, pointer: Pointer, first: Map<string, Entry>): string {
  const { path, text } = walk.source;
  const { key } = entry;
  const name = keyText(key) ?? excerpt(text.slice(key.start, key.end));
  const at: Place = { file: path, pointer: [...pointer, name], on: 'key', span: [key.start, key.end] };
  const before = first.get(name);
  first.set(name, before ?? entry);
  if (key.kind === 'alias' && !key.target) visit(walk, key, [...pointer, name]);
  else if (before) walk.problems.push(duplicate(at, name, [before.key.start, before.key.end]));
  else if (name === '<<' && key.kind === 'scalar' && key.style === 'plain') walk.problems.push(merge(at));
  else checkKeyType(walk, key, at);
  return name;
}

function duplicate(at: Place, name: string, first: Range): Diagnostic {
  return problem(at, `\`${excerpt(name)}\` is written twice in the same map.`, {
    related: [{ at: { ...at, span: first }, message: 'It stands here first.' }],
    help: 'Remove one of the two, or merge their values.',
  });
}

function merge(at: Place): Diagnostic {
  return problem(at, 'Merging maps with `<<` is not part of the language.', {
    help: 'Write the keys out; for a role, `extends` takes over the fields of another.',
  });
}

function checkKeyType(walk: Walk, key: Node, at: Place): void {
  const node = resolve(key);
  if (!node) return;
  const text = walk.source.text.slice(key.start, key.end);
  const type = typeOf(node);
  if (type === 'text') return;
  if (type === 'nothing' && isEmpty(key)) {
    const help = 'Write a key before the colon, or remove the line.';
    walk.problems.push(problem(at, 'A key is missing before the colon.', { help }));
    return;
  }
  const quoted = /\n/.test(text) ? undefined : quote(text);
  walk.problems.push(
    problem(
      at,
      `YAML takes the key \`${excerpt(text)}\` for ${type === 'nothing' ? 'null' : type}, and a key must be text.`,
      {
        help: quoted ? `Write ${quoted}.` : 'Write a key of plain text.',
        ...(quoted ? fix('Quote the key', 'safe', { at, text: quoted }) : {}),
      },
    ),
  );
  if (node.kind !== 'scalar') walk.sound = false;
}

const NULL = /^(?:~|null|Null|NULL)?$/;
const BOOLEAN = /^(?:true|True|TRUE|false|False|FALSE)$/;
const NUMBER =
  /^(?:[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

function typeOf(
  node: Exclude<Node, { kind: 'alias' }>,
): 'text' | 'nothing' | 'a number' | 'a truth value' | 'a map' | 'a list' {
  if (node.kind !== 'scalar') return node.kind === 'map' ? 'a map' : 'a list';
  if (node.style !== 'plain' || node.tag === '!!str') return 'text';
  if (NULL.test(node.text)) return 'nothing';
  if (BOOLEAN.test(node.text)) return 'a truth value';
  return NUMBER.test(node.text) ? 'a number' : 'text';
}

const OWN_TAGS = new Set(['!!str', '!!int', '!!float', '!!bool', '!!null', '!!map', '!!seq']);

function checkTag(walk: Walk, { tag, start, end, kind }: Node & { tag?: string }, pointer: Pointer): void {
  if (tag === undefined || OWN_TAGS.has(tag)) return;
  const { path, text } = walk.source;
  const value = text.slice(start, end);
  const at: Place = { file: path, pointer, span: [start, start + tag.length] };
  const quoted = kind === 'scalar' && !/[\n"']/.test(value) ? quote(value) : undefined;
  walk.problems.push(
    problem(at, `\`${excerpt(tag)}\` is a custom YAML tag, and teamc reads none.`, {
      help: quoted ? `Write ${quoted} if it is meant as text, or remove the tag.` : 'Remove the tag.',
      ...(quoted ? fix('Quote the value', 'unsafe', { at: spot(path, [start, end], pointer), text: quoted }) : {}),
    }),
  );
}

function checkScalar(walk: Walk, node: ScalarNode, pointer: Pointer): void {
  const { text } = walk.source;
  if (typeOf(node) === 'nothing' || node.tag === '!!null') {
    if (pointer.length > 0)
      walk.problems.push(isEmpty(node) ? nothing(walk, node, pointer) : explicitNull(walk, node, pointer));
  } else if (node.style === 'block' && node.text === '' && /^[|>]\d/.test(text.slice(node.start))) {
    walk.problems.push(emptyBlock(walk, node, pointer));
  } else if (node.style === 'plain' && isCutOff(text, node.start, node.end)) {
    walk.problems.push(cutOff(walk, node, pointer));
  }
}

const ABSENT = 'Leave the key out, or write [] for an empty list or "" for empty text.';

function explicitNull(walk: Walk, node: Node, pointer: Pointer): Diagnostic {
  const name = capitalize(nameOf(pointer));
  const help = typeof pointer.at(-1) === 'number' ? 'Remove the item, or write its value.' : ABSENT;
  return problem(spot(walk.source.path, [node.start, node.end], pointer), `${name} is null, which says nothing.`, {
    help,
  });
}

function nothing(walk: Walk, node: Node, pointer: Pointer): Diagnostic {
  const { path, text } = walk.source;
  const name = capitalize(nameOf(pointer));
  const isItem = typeof pointer.at(-1) === 'number';
  const at: Place = isItem ? spot(path, [node.start - 1, node.end], pointer) : { file: path, pointer, on: 'key' };
  const comment = /^[ \t]+#[^\s#][^\n]*/.exec(text.slice(node.end, lineEnd(text, node.end)));
  if (!comment) {
    return isItem
      ? problem(at, `${name} is empty.`, { help: 'Remove the dash, or write a value after it.' })
      : problem(at, `${name} has no value.`, { help: ABSENT });
  }
  const quoted = quote(comment[0].trim());
  const end = node.end + comment[0].length;
  return problem(at, `${name} has no value, because ${excerpt(comment[0])} is a comment.`, {
    help: `Write ${quoted} if it is meant as text.`,
    ...fix('Quote the value', 'unsafe', {
      at: spot(path, [end - comment[0].trim().length, end], pointer),
      text: quoted,
    }),
  });
}

function emptyBlock(walk: Walk, node: ScalarNode, pointer: Pointer): Diagnostic {
  const { path, text } = walk.source;
  const value = text.slice(node.start, node.end);
  return problem(
    spot(path, [node.start, node.end], pointer),
    `YAML takes \`${value}\` for the beginning of a block of text, and there is none.`,
    {
      help: `Write ${quote(value)}.`,
      ...fix('Quote the value', 'safe', { at: spot(path, [node.start, node.end], pointer), text: quote(value) }),
    },
  );
}

function cutOff(walk: Walk, node: ScalarNode, pointer: Pointer): Diagnostic {
  const { path, text } = walk.source;
  const span: Range = [node.start, lineEnd(text, node.end)];
  const quoted = quote(text.slice(...span));
  return problem(
    spot(path, span, pointer),
    `The value ends at \`${excerpt(node.text)}\`, because YAML takes \` #\` for the beginning of a comment.`,
    {
      severity: 'warning',
      help: `Write ${quoted} if the rest belongs to it.`,
      ...fix('Quote the value', 'unsafe', { at: spot(path, span, pointer), text: quoted }),
    },
  );
}
