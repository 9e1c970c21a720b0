import { type Change, type Ground, indentOf, lineEnd, lineStart, nextLine, type Splice } from './splice.ts';

/** White space and comments of JSON and of YAML. */
const BLANK = /(?:[\s\uFEFF]+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|#[^\n]*)*/y;

/** What may stand behind a child on its line without belonging to another: blanks and a comment. */
const TAIL = /[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[ \t]*|#[^\r\n]*)?(?=\r?\n)/y;

interface Child {
  readonly start: number;
  readonly end: number;
  /** Where the comma behind it stands, if there is one. */
  readonly comma: number | undefined;
}

/** Splices for a change between brackets. Comments on lines of their own stay. */
export function changeFlow(ground: Ground, change: Change): readonly Splice[] {
  const children = childrenOf(ground, change);
  const kept = children.findLast((_, index) => !change.gone.has(index));
  const gone = children.filter((_, index) => change.gone.has(index)).map((child) => removal(ground, child, children));
  if (change.come.length > 0) return [...gone, ...insertion(ground, change, kept, children)];
  if (!kept) return emptied(ground, change, gone);
  const last = children.at(-1);
  const needless = kept !== last && last?.comma === undefined ? kept.comma : undefined;
  return needless === undefined ? gone : [...gone, { start: needless, end: needless + 1, text: '' }];
}

/** The indent of a container's children: that of the first one that begins a line, else one unit more than its own. */
export function flowIndent(ground: Ground, { node }: Pick<Change, 'node'>): string {
  const first = childrenOf(ground, { node }).find((child) => beginsLine(ground.text, child.start));
  return first ? indentOf(ground.text, first.start) : lineIndent(ground.text, node.start) + ground.layout.unit;
}

function childrenOf({ text }: Ground, { node }: Pick<Change, 'node'>): readonly Child[] {
  const spans =
    node.kind === 'map'
      ? node.entries.map(({ key, value }) => [key.start, Math.max(key.end, value.end)] as const)
      : node.items.map(({ start, end }) => [start, end] as const);
  return spans.map(([start, end]) => {
    BLANK.lastIndex = end;
    const behind = end + (BLANK.exec(text)?.[0].length ?? 0);
    return { start, end, comma: text[behind] === ',' ? behind : undefined };
  });
}

/** The whole line where a child has it to itself; else the child with its comma and the blanks on one side. */
function removal({ text }: Ground, child: Child, children: readonly Child[]): Splice {
  const end = child.comma === undefined ? child.end : child.comma + 1;
  const tail = tailOf(text, end);
  if (beginsLine(text, child.start) && tail !== undefined)
    return { start: lineStart(text, child.start), end: nextLine(text, tail), text: '' };
  const before = text.slice(0, child.start);
  if (child !== children[0]) return { start: before.trimEnd().length, end, text: '' };
  return { start: child.start, end: end + (/^[ \t]*/.exec(text.slice(end, end + 1000))?.[0].length ?? 0), text: '' };
}

function emptied({ text }: Ground, { node }: Change, gone: readonly Splice[]): readonly Splice[] {
  const start = node.start + 1;
  const end = node.end - 1;
  let rest = '';
  let at = start;
  for (const each of gone) {
    rest += text.slice(at, Math.max(at, each.start));
    at = Math.max(at, each.end);
  }
  rest += text.slice(at, end);
  return rest.trim() === '' ? [{ start, end, text: '' }] : gone;
}

function insertion(
  ground: Ground,
  change: Change,
  kept: Child | undefined,
  children: readonly Child[],
): readonly Splice[] {
  const { text, layout } = ground;
  const { node, come } = change;
  const isOpen = isSpread(ground, change, children);
  const between = isOpen ? `${layout.eol}${change.indent}` : ' ';
  const written = come.join(`,${between}`);
  if (!kept) return [firstChildren(ground, node.start, node.end, isOpen ? between + written : written, isOpen)];
  if (kept.comma !== undefined) {
    const at = tailOf(text, kept.comma + 1) ?? kept.comma + 1;
    return [{ start: at, end: at, text: `${between}${written}${kept === children.at(-1) ? ',' : ''}` }];
  }
  const { end } = kept;
  const at = tailOf(text, end) ?? end;
  if (at === end) return [{ start: end, end, text: `,${between}${written}` }];
  return [
    { start: end, end, text: ',' },
    { start: at, end: at, text: between + written },
  ];
}

/** Whether children that come get lines of their own. */
function isSpread({ text, json }: Ground, { node, come }: Change, children: readonly Child[]): boolean {
  if (text.slice(node.start, node.end).includes('\n')) return true;
  return json && (come.some((child) => child.includes('\n')) || (children.length === 0 && come.some(isEntry)));
}

/** Children for a container that has none, or none that stays. */
function firstChildren(
  { text, layout }: Ground,
  open: number,
  close: number,
  written: string,
  isOpen: boolean,
): Splice {
  const inner = text.slice(open + 1, close - 1);
  const at = open + 1 + (/^[ \t]*(?:\/\/[^\r\n]*|#[^\r\n]*)/.exec(inner)?.[0].length ?? 0);
  const own = inner.trim() === '';
  const end = isOpen ? `${layout.eol}${lineIndent(text, open)}` : '';
  return own
    ? { start: open + 1, end: close - 1, text: written + end }
    : { start: at, end: at, text: written + (/^\s*\n/.test(text.slice(at, close)) ? '' : end) };
}

/** Entries of maps stand on lines of their own; single values may share one. */
function isEntry(child: string): boolean {
  return /^"(?:[^"\\]|\\.)*": /.test(child);
}

function tailOf(text: string, at: number): number | undefined {
  TAIL.lastIndex = at;
  const tail = TAIL.exec(text);
  if (tail) return at + tail[0].length;
  return lineEnd(text, at) === at ? at : undefined;
}

function beginsLine(text: string, at: number): boolean {
  let from = at;
  while (from > 0 && text[from - 1] !== '\n' && /\s/.test(text[from - 1]!)) from--;
  return from === 0 || text[from - 1] === '\n';
}

function lineIndent(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, at)))?.[0] ?? '';
}
