import { constructFromEvents, EVENT_ID, YAMLException } from 'js-yaml';
import { Lines } from '../../text/source.ts';
import { keyText } from '../locate.ts';
import { isOversized } from '../yaml/aliases.ts';
import { type Node, nodesOf } from '../yaml/nodes.ts';
import { attempt } from '../yaml/recover.ts';
import { type Mistake, readJsonc } from './jsonc.ts';

/** A settings file, read into data and into nodes that know where they stand. */
export interface Settings {
  readonly text: string;
  readonly format: 'json' | 'yaml';
  /** Undefined for a file without any value. */
  readonly root: Node | undefined;
  readonly data: unknown;
}

/** Reads a settings file by its extension; a file without one by how it begins. */
export function readSettings(path: string, text: string): Settings | Mistake {
  return isJson(path, text) ? readJson(text) : readYamlSettings(text);
}

function isJson(path: string, text: string): boolean {
  if (/\.ya?ml$/i.test(path)) return false;
  return /\.jsonc?$/i.test(path) || /^\uFEFF?\s*(?:\{|\/[/*])/.test(text);
}

function readJson(text: string): Settings | Mistake {
  const read = readJsonc(text);
  if ('mistake' in read) return read;
  return { text, format: 'json', root: read.root, data: read.root && jsonValue(text, read.root) };
}

/** The data of JSON nodes; a key such as `__proto__` is a key like any other. */
function jsonValue(text: string, node: Node): unknown {
  if (node.kind === 'list') return node.items.map((item) => jsonValue(text, item));
  if (node.kind === 'map')
    return Object.fromEntries(node.entries.map(({ key, value }) => [keyText(key) ?? '', jsonValue(text, value)]));
  return JSON.parse(text.slice(node.start, node.end));
}

function readYamlSettings(text: string): Settings | Mistake {
  const events = attempt(text);
  if (!Array.isArray(events)) return { mistake: `${events.reason} in ${placeIn(text, events.offset)}` };
  const roots = nodesOf(text, events);
  if (roots.length > 1) return { mistake: 'it holds more than one YAML document' };
  const [root] = roots;
  if (!root || (root.kind === 'scalar' && root.text === ''))
    return { text, format: 'yaml', root: undefined, data: undefined };
  const mistake = events.some(({ type }) => type === EVENT_ID.ALIAS) ? aliasMistake(text, root) : undefined;
  if (mistake !== undefined) return { mistake };
  try {
    return { text, format: 'yaml', root, data: constructFromEvents(events, { source: text })[0] };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { mistake: `${error.reason} in ${placeIn(text, Math.max(0, error.mark?.position ?? 0))}` };
  }
}

function placeIn(text: string, offset: number): string {
  const { line, column } = new Lines(text).position(offset);
  return `line ${line}, column ${column}`;
}

/** Why the aliases of a tree can't be written out, if they can't. */
function aliasMistake(text: string, root: Node): string | undefined {
  const lost = lostAlias(root);
  if (lost)
    return `"${text.slice(lost.start, lost.end)}" repeats no value that ends before it, in ${placeIn(text, lost.start)}`;
  return isOversized(root)
    ?.replace(/^The file/, 'it')
    .replace(/\.$/, '');
}

function lostAlias(node: Node): Node | undefined {
  if (node.kind === 'alias') return node.target ? undefined : node;
  if (node.kind === 'scalar') return undefined;
  const children = node.kind === 'list' ? node.items : node.entries.flatMap(({ key, value }) => [key, value]);
  for (const child of children) {
    const lost = lostAlias(child);
    if (lost) return lost;
  }
  return undefined;
}
