import { keyText } from '../locate.ts';
import type { ListNode, MapNode, Node } from '../yaml/nodes.ts';
import { blockIndent, changeBlock } from './block.ts';
import { changeFlow, flowIndent } from './flow.ts';
import { type OwnEntry, type OwnTree, pathText, stepKey } from './owned.ts';
import { blockEntry, blockItem, blockValue, inline, spread } from './render.ts';
import { type Ground, indentOf, lineStart, type Splice } from './splice.ts';
import {
  dataOf,
  fingerprint,
  type ListValue,
  type MapValue,
  plainValue,
  type Step,
  stepOf,
  type Value,
} from './values.ts';

/** A value that can't be put where it belongs; the message is the end of a sentence. */
export class Unmergeable extends Error {}

/** A value of the author's that is in the way. */
export interface InTheWay {
  readonly path: string;
  /** `foreign`: teamc did not write it. `changed`: it did, and somebody changed it since. */
  readonly why: 'foreign' | 'changed';
}

type Path = readonly Step[];
type Container = MapNode | ListNode;

/** Walks through a settings file and the values that belong into it, and notes what has to change. */
export class Walk {
  readonly splices: Splice[] = [];
  /** What is teamc's in the result. */
  readonly entries: OwnEntry[] = [];
  readonly inTheWay: InTheWay[] = [];
  /** Whether a value that was there already is now counted as teamc's. */
  adopted = false;
  readonly #ground: Ground;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  /** Puts a map's entries into a map, and takes out what was teamc's and is no more. */
  map(node: MapNode, data: unknown, ours: MapValue, own: OwnTree | undefined, path: Path): void {
    const come: string[] = [];
    const indent = this.#indentOf(node);
    const theirs = new Map(node.entries.map(({ key, value }) => [keyText(key) ?? '', value]));
    for (const [key, value] of ours.entries) {
      const there = theirs.get(key);
      const at = [...path, key];
      if (there) this.#value(there, childOf(data, key), value, own?.below.get(key), at);
      else {
        this.#claim(value, at);
        come.push(this.#entry(key, value, indent, node.flow));
      }
    }
    const gone = this.#retractAll(childrenOf(node, data), own, path, (step) => ours.entries.has(step as string));
    this.#change(node, gone, come, indent);
  }

  /** Takes out what is teamc's at a place; answers whether the whole value goes. */
  retract(node: Node, data: unknown, own: OwnTree, path: Path): boolean {
    const { entry } = own;
    if (entry?.sha256 !== undefined) {
      if (fingerprint(data) !== entry.sha256) this.inTheWay.push({ path: pathText(path), why: 'changed' });
      if (!Object.hasOwn(entry, 'before')) return true;
      this.#replace(node, plainValue(entry.before));
      return false;
    }
    if (node.kind !== 'map' && node.kind !== 'list') return false;
    const gone = this.#retractAll(childrenOf(node, data), own, path, () => false);
    const all = node.kind === 'map' ? node.entries.length : node.items.length;
    if (entry && gone.size === all) return true;
    this.#change(node, gone, [], this.#indentOf(node));
    return false;
  }

  #value(node: Node, data: unknown, ours: Value, own: OwnTree | undefined, path: Path): void {
    if (ours.kind !== 'scalar') {
      if (own?.entry) this.entries.push({ path });
      if (ours.kind === 'map' && node.kind === 'map') this.map(node, data, ours, own, path);
      else if (ours.kind === 'list' && node.kind === 'list') this.#list(node, data, ours, own, path);
      else if (data === null) {
        this.#claim(ours, path);
        this.#replace(node, ours);
      } else throw new Unmergeable(`"${pathText(path)}" is ${what(node)}, and teamc needs ${what(ours)} there`);
    } else this.#leaf(node, data, ours, own, path);
  }

  /** A value that is teamc's or somebody's as a whole: a single value, or an item of a list. */
  #leaf(node: Node, data: unknown, ours: Value, own: OwnTree | undefined, path: Path): void {
    const entry = own?.entry;
    const mine = fingerprint(dataOf(ours));
    const theirs = fingerprint(data);
    const last = path.at(-1);
    if (mine === theirs) {
      if (entry || typeof last === 'object') this.entries.push({ ...entry, path, sha256: mine });
      if (!entry && typeof last === 'object') this.adopted = true;
      return;
    }
    if (!entry && typeof last === 'string' && last.startsWith('$')) return;
    if (node.kind !== ours.kind)
      throw new Unmergeable(`"${pathText(path)}" is ${what(node)}, and teamc needs ${what(ours)} there`);
    if (!isKnown(entry, theirs)) this.inTheWay.push({ path: pathText(path), why: entry ? 'changed' : 'foreign' });
    const before = entry ? beforeOf(entry) : { before: data };
    this.entries.push({ path, sha256: mine, ...before });
    this.#replace(node, ours);
  }

  #list(node: ListNode, data: unknown, ours: ListValue, own: OwnTree | undefined, path: Path): void {
    const theirs = new Map<string, { readonly child: Node; readonly value: unknown }>();
    const children = childrenOf(node, data);
    for (const { step, child, value } of children) theirs.set(stepKey(step), { child, value });
    const come: string[] = [];
    const indent = this.#indentOf(node);
    const mine = new Set<string>();
    for (const item of ours.items) {
      const step = stepOf(dataOf(item));
      const key = stepKey(step);
      mine.add(key);
      const there = theirs.get(key);
      if (there && 'item' in step) this.#keep(own?.below.get(key)?.entry);
      else if (there) this.#leaf(there.child, there.value, item, own?.below.get(key), [...path, step]);
      else {
        this.entries.push({ path: [...path, step], sha256: fingerprint(dataOf(item)) });
        come.push(this.#item(item, indent, node.flow));
      }
    }
    const gone = this.#retractAll(children, own, path, (step) => mine.has(stepKey(step)));
    this.#change(node, gone, come, indent);
  }

  /** The children that go as a whole, because they are teamc's and not wanted any more. */
  #retractAll(
    children: readonly Child[],
    own: OwnTree | undefined,
    path: Path,
    isWanted: (step: Step) => boolean,
  ): ReadonlySet<number> {
    const gone = new Set<number>();
    for (const [index, { step, child, value }] of children.entries()) {
      const tree = isWanted(step) ? undefined : own?.below.get(stepKey(step));
      if (tree && this.retract(child, value, tree, [...path, step])) gone.add(index);
    }
    return gone;
  }

  #keep(entry: OwnEntry | undefined): void {
    if (entry) this.entries.push(entry);
  }

  /** Notes that a value which is put in whole is teamc's: each of its values, and the maps and lists that hold them. */
  #claim(value: Value, path: Path): void {
    if (value.kind === 'scalar') this.entries.push({ path, sha256: fingerprint(dataOf(value)) });
    else this.entries.push({ path });
    if (value.kind === 'map') for (const [key, child] of value.entries) this.#claim(child, [...path, key]);
    if (value.kind === 'list')
      for (const item of value.items.map(dataOf))
        this.entries.push({ path: [...path, stepOf(item)], sha256: fingerprint(item) });
  }

  #change(node: Container, gone: ReadonlySet<number>, come: readonly string[], indent: string): void {
    if (gone.size === 0 && come.length === 0) return;
    const change = { node, gone, come, indent };
    this.splices.push(...(node.flow ? changeFlow(this.#ground, change) : changeBlock(this.#ground, change)));
  }

  #indentOf(node: Container): string {
    return node.flow ? flowIndent(this.#ground, { node }) : blockIndent(this.#ground, { node });
  }

  #entry(key: string, value: Value, indent: string, flow: boolean): string {
    if (!flow) return blockEntry(key, value, indent, this.#ground.layout);
    return `${JSON.stringify(key)}: ${this.#flow(value, indent)}`;
  }

  #item(value: Value, indent: string, flow: boolean): string {
    return flow ? this.#flow(value, indent) : blockItem(value, indent, this.#ground.layout);
  }

  #flow(value: Value, indent: string): string {
    return this.#ground.json ? spread(value, indent, this.#ground.layout) : inline(value);
  }

  #replace(node: Node, value: Value): void {
    const { text, layout } = this.#ground;
    const { start, end } = node;
    const indent = indentOf(text, start);
    const isBlock = node.kind === 'map' && !node.flow && value.kind === 'map';
    const column = ' '.repeat(start - lineStart(text, start));
    const entries = isBlock ? [...value.entries].map(([key, item]) => blockEntry(key, item, column, layout)) : [];
    const instead = this.#ground.json
      ? spread(value, indent, layout)
      : isBlock
        ? entries.join(`${layout.eol}${column}`)
        : start === end
          ? blockValue(value, indent, layout)
          : inline(value);
    this.splices.push({ start, end, text: instead });
  }
}

/** Whether a value is as teamc left it, or as it was when a person agreed that it is overwritten. */
function isKnown(entry: OwnEntry | undefined, theirs: string): boolean {
  if (!entry) return false;
  return entry.sha256 === theirs || (Object.hasOwn(entry, 'before') && fingerprint(entry.before) === theirs);
}

function beforeOf(entry: OwnEntry): Pick<OwnEntry, 'before'> {
  return Object.hasOwn(entry, 'before') ? { before: entry.before } : {};
}

interface Child {
  readonly step: Step;
  readonly child: Node;
  readonly value: unknown;
}

function childrenOf(node: Container, data: unknown): readonly Child[] {
  if (node.kind === 'list')
    return node.items.map((child, index) => {
      const value = Array.isArray(data) ? (data[index] as unknown) : undefined;
      return { step: stepOf(value), child, value };
    });
  return node.entries.map(({ key, value }) => {
    const step = keyText(key) ?? '';
    return { step, child: value, value: childOf(data, step) };
  });
}

function childOf(data: unknown, key: string): unknown {
  return typeof data === 'object' && data !== null && Object.hasOwn(data, key)
    ? (data as Readonly<Record<string, unknown>>)[key]
    : undefined;
}

function what(node: Pick<Node, 'kind'>): string {
  if (node.kind === 'alias') return 'an alias of another value';
  if (node.kind === 'scalar') return 'a single value';
  return `a ${node.kind}`;
}
