/** The keys that stand in one map with a key that begins at an offset, but for that key itself. */
export function keysBeside(text: string, start: number): ReadonlySet<string> {
  const begin = text.lastIndexOf('\n', start - 1) + 1;
  const head = text.slice(begin, start);
  const end = text.indexOf('\n', start);
  const tail = text.slice(start, end === -1 ? text.length : end);
  const open = head.lastIndexOf('{');
  if (open > head.lastIndexOf('}')) return new Set(inFlow(head.slice(open), tail.split('}')[0]!));
  const column = /^[ \t]*(?:-[ \t]+)*$/.test(head) ? head.length : 0;
  const above = text.slice(0, begin).split('\n').slice(0, -1).reverse();
  const below = end === -1 ? [] : text.slice(end + 1).split('\n');
  const begins = head.includes('-');
  return new Set([...(begins ? [] : inBlock(above, column, 'up')), ...inBlock(below, column, 'down')]);
}

const KEY = /^(?:"([^"]*)"|'([^']*)'|([^\s:,{}[\]#"'][^:,{}[\]#"']*?))[ \t]*:(?:\s|$)/;

function inFlow(before: string, after: string): readonly string[] {
  const members = [...before.slice(1).split(/[,[\]{]/), ...after.split(/[,[\]{]/).slice(1)];
  return members.flatMap((member) => keyIn(member.trim()) ?? []);
}

/** The keys in a column of lines, up to where their map begins or ends. */
function* inBlock(lines: readonly string[], wanted: number, way: 'up' | 'down'): Iterable<string> {
  for (const { column, dash, key } of lines.flatMap(placed)) {
    const isItem = dash !== -1 && dash < wanted;
    if (column < wanted || (isItem && (way === 'down' || column > wanted))) return;
    if (column === wanted && key !== undefined) yield key;
    if (isItem) return;
  }
}

/** Where the first key or value of a line stands, and the dash before it, if it begins an item of a list. */
function placed(line: string): readonly { readonly column: number; readonly dash: number; readonly key?: string }[] {
  if (/^\s*(?:#|$)/.test(line)) return [];
  if (/^(?:---|\.\.\.)\s*$/.test(line)) return [{ column: -1, dash: -1 }];
  const lead = /^[ \t]*(?:-[ \t]+)*/.exec(line)![0];
  const key = keyIn(line.slice(lead.length));
  return [{ column: lead.length, dash: lead.indexOf('-'), ...(key === undefined ? {} : { key }) }];
}

function keyIn(text: string): string | undefined {
  const [, double, single, plain] = KEY.exec(text) ?? [];
  return double ?? single ?? plain;
}
