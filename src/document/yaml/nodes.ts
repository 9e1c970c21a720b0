import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';

/** A value in a YAML text, and where it stands: with its tag, without its anchor. */
export type Node = MapNode | ListNode | ScalarNode | AliasNode;

interface Standing {
  readonly start: number;
  readonly end: number;
  readonly anchor?: string;
  readonly tag?: string;
}

export interface MapNode extends Standing {
  readonly kind: 'map';
  readonly flow: boolean;
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly key: Node;
  readonly value: Node;
}

export interface ListNode extends Standing {
  readonly kind: 'list';
  readonly flow: boolean;
  readonly items: readonly Node[];
}

export interface ScalarNode extends Standing {
  readonly kind: 'scalar';
  readonly style: 'plain' | 'single' | 'double' | 'block';
  /** The text of the scalar after YAML's unfolding and unescaping. */
  readonly text: string;
}

export interface AliasNode extends Standing {
  readonly kind: 'alias';
  readonly name: string;
  /** What the name stands for; undefined when no anchor of that name comes before. */
  readonly target?: Node | undefined;
}

interface Walk {
  readonly text: string;
  readonly base: number;
  readonly events: readonly Event[];
  readonly anchors: Map<string, Node>;
  next: number;
  /** Where the last token ended. */
  cursor: number;
}

/** Turns the events of a text into one tree per YAML document; `base` is added to every offset. */
export function nodesOf(text: string, events: readonly Event[], base = 0): Node[] {
  const walk: Walk = { text, base, events, anchors: new Map(), next: 0, cursor: 0 };
  const roots: Node[] = [];
  while (walk.next < events.length) {
    if (events[walk.next]?.type === EVENT_ID.DOCUMENT) walk.anchors.clear();
    if (events[walk.next]?.type === EVENT_ID.DOCUMENT || events[walk.next]?.type === EVENT_ID.POP) walk.next++;
    else roots.push(readNode(walk, 'root'));
  }
  return roots;
}

type Role = 'root' | 'key' | 'value' | 'item';

function readNode(walk: Walk, role: Role): Node {
  const event = walk.events[walk.next++];
  switch (event?.type) {
    case EVENT_ID.MAPPING:
    case EVENT_ID.SEQUENCE:
      return readCollection(walk, event);
    case EVENT_ID.SCALAR: {
      const standing = standingOf(walk, event, scalarRange(walk, event, role));
      const text = getScalarValue(walk.text, event);
      return remember(walk, { kind: 'scalar', ...standing, style: styleOf(event), text });
    }
    case EVENT_ID.ALIAS: {
      const name = walk.text.slice(event.anchorStart, event.anchorEnd);
      walk.cursor = event.anchorEnd;
      const [start, end] = [event.anchorStart - 1 + walk.base, event.anchorEnd + walk.base];
      return { kind: 'alias', start, end, name, target: walk.anchors.get(name) };
    }
    default:
      throw new TypeError('nodesOf() expects the events of one whole text');
  }
}

function readCollection(walk: Walk, event: Extract<Event, { type: 2 | 3 }>): Node {
  const flow = event.style === 2;
  const children: Node[] = [];
  const isMap = event.type === EVENT_ID.MAPPING;
  walk.cursor = event.start + (opensWithBracket(walk, event.start, flow) ? 1 : 0);
  while (walk.events[walk.next]?.type !== EVENT_ID.POP)
    children.push(readNode(walk, isMap ? (children.length % 2 === 0 ? 'key' : 'value') : 'item'));
  walk.next++;
  if (opensWithBracket(walk, event.start, flow)) walk.cursor = skip(walk.text, walk.cursor, ',:?') + 1;
  const standing = standingOf(walk, event, [event.start, walk.cursor]);
  if (!isMap) return remember(walk, { kind: 'list', ...standing, flow, items: children });
  const entries: Entry[] = [];
  for (let at = 0; at + 1 < children.length; at += 2)
    entries.push({ key: children[at] as Node, value: children[at + 1] as Node });
  return remember(walk, { kind: 'map', ...standing, flow, entries });
}

/** A pair alone in a flow list (`[a: b]`) is a flow map without brackets of its own. */
function opensWithBracket(walk: Walk, start: number, flow: boolean): boolean {
  return flow && (walk.text[start] === '{' || walk.text[start] === '[');
}

function remember(walk: Walk, node: Node): Node {
  if (node.anchor !== undefined) walk.anchors.set(node.anchor, node);
  return node;
}

type WithProperties = Extract<Event, { tagStart: number }>;

function standingOf(walk: Walk, event: WithProperties, [from, to]: readonly [number, number]): Standing {
  const { tagStart, tagEnd, anchorStart, anchorEnd } = event;
  return {
    start: (tagStart < 0 ? from : tagStart) + walk.base,
    end: to + walk.base,
    ...(anchorStart < 0 ? {} : { anchor: walk.text.slice(anchorStart, anchorEnd) }),
    ...(tagStart < 0 ? {} : { tag: walk.text.slice(tagStart, tagEnd) }),
  };
}

function scalarRange(walk: Walk, event: ScalarEvent, role: Role): readonly [number, number] {
  const { valueStart, valueEnd, style } = event;
  if (valueStart < 0) return emptyRange(walk, event, role);
  if (style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK) return blockRange(walk, event);
  const quote = style === SCALAR_STYLE.PLAIN ? 0 : 1;
  walk.cursor = valueEnd + quote;
  return [valueStart - quote, walk.cursor];
}

/** Nothing stands there: the place right after the colon or the dash. */
function emptyRange(walk: Walk, event: ScalarEvent, role: Role): readonly [number, number] {
  const properties = Math.max(event.tagEnd, event.anchorEnd);
  if (properties >= 0) walk.cursor = properties;
  else if (role === 'value' || role === 'item') {
    const at = skip(walk.text, walk.cursor, '');
    if (walk.text[at] === (role === 'value' ? ':' : '-')) walk.cursor = at + 1;
  }
  return [walk.cursor, walk.cursor];
}

/** From the `|` or `>` to the last character of the text. */
function blockRange(walk: Walk, event: ScalarEvent): readonly [number, number] {
  const start = skip(walk.text, Math.max(walk.cursor, event.tagEnd, event.anchorEnd), ':-?');
  const body = walk.text.slice(event.valueStart, event.valueEnd).trimEnd();
  walk.cursor = event.valueEnd;
  if (body !== '') return [start, event.valueStart + body.length];
  const header = /[|>][-+0-9]*/y;
  header.lastIndex = start;
  return [start, header.test(walk.text) ? header.lastIndex : start];
}

/** The next offset that is neither blank, nor in a comment or a directive, nor one of the given indicators. */
function skip(text: string, from: number, indicators: string): number {
  for (let at = from; at < text.length; at++) {
    const character = text[at] as string;
    if (isComment(text, at) || (character === '%' && isLineStart(text, at))) {
      const end = text.indexOf('\n', at);
      if (end === -1) return text.length;
      at = end;
    } else if (!/\s/.test(character) && !indicators.includes(character)) return at;
  }
  return text.length;
}

function isComment(text: string, at: number): boolean {
  return text[at] === '#' && (at === 0 || /\s/.test(text[at - 1] as string));
}

function isLineStart(text: string, at: number): boolean {
  return at === 0 || text[at - 1] === '\n' || text[at - 1] === '\uFEFF';
}

function styleOf({ style }: ScalarEvent): ScalarNode['style'] {
  if (style === SCALAR_STYLE.PLAIN) return 'plain';
  if (style === SCALAR_STYLE.SINGLE_QUOTED) return 'single';
  return style === SCALAR_STYLE.DOUBLE_QUOTED ? 'double' : 'block';
}
