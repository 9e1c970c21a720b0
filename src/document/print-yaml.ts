import { Document, isMap, isNode, isScalar, isSeq, type Node, visit } from 'yaml';
import type { Pointer } from '../text/place.ts';

/** A comment for a value, in front of it. */
export interface Comment {
  readonly pointer: Pointer;
  readonly text: string;
}

/** How wide a list of words may be to stand on one line. */
const WIDE = 100;

/**
 * Data as YAML, for people to read and to change: keys in their order, text of several lines as blocks, short lists of
 * words on one line. Comments stand in front of the value, or of the nearest one around it.
 */
export function printYaml(data: Readonly<Record<string, unknown>>, comments: readonly Comment[] = []): string {
  const document = new Document(data, { aliasDuplicateObjects: false });
  visit(document, {
    Seq(_, list) {
      if (list.items.length > 0 && list.items.every((item) => isScalar(item) && isShort(item.value))) {
        const width = list.items.reduce<number>(
          (sum, item) => sum + String(isScalar(item) ? item.value : '').length + 4,
          0,
        );
        list.flow = width <= WIDE;
      }
    },
    Scalar(_, scalar) {
      if (typeof scalar.value === 'string' && scalar.value.includes('\n')) scalar.type = 'BLOCK_LITERAL';
    },
  });
  for (const { pointer, text } of comments) comment(document, pointer, text);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function isShort(value: unknown): boolean {
  return typeof value !== 'string' || (value.length <= 60 && !value.includes('\n'));
}

/** Puts a comment in front of the key or the item that a pointer leads to, or of the nearest one around it. */
function comment(document: Document, pointer: Pointer, text: string): void {
  let holder: unknown = document.contents;
  let spot: Node | undefined;
  for (const step of pointer) {
    const next = isMap(holder) ? holder.items.find(({ key }) => isScalar(key) && key.value === step) : undefined;
    if (next && isNode(next.key)) {
      spot = next.key;
      holder = next.value;
    } else if (isSeq(holder) && typeof step === 'number' && isNode(holder.items[step])) {
      if (holder.flow) holder.flow = false;
      spot = holder.items[step] as Node;
      holder = spot;
    } else break;
  }
  const written = text
    .split('\n')
    .map((line) => (line.startsWith(' ') || line === '' ? line : ` ${line}`))
    .join('\n');
  const at = spot ?? document;
  // Joined lists would be copied once for every comment.
  at.commentBefore = at.commentBefore ? `${at.commentBefore}\n${written}` : written;
}
