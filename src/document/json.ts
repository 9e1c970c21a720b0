import type { Pointer } from '../text/place.ts';
import { locate } from './locate.ts';
import { readJsonc } from './merge/jsonc.ts';
import type { Loose } from './yaml/loose.ts';
import type { Node } from './yaml/nodes.ts';

/** Reads JSON with comments and trailing commas, as opencode reads its settings, or says why it is none. */
export function readJsonLoosely(text: string): Loose {
  const read = readJsonc(text);
  const root = 'mistake' in read ? undefined : read.root;
  const data = root && dataOf(root);
  const isMap = typeof data === 'object' && data !== null && !Array.isArray(data);
  const reason = 'mistake' in read ? read.mistake : isMap || data === undefined ? undefined : 'it is no map';
  return {
    data: isMap ? (data as Loose['data']) : {},
    ...(reason === undefined ? {} : { broken: { reason, offset: 'mistake' in read ? (read.at ?? 0) : 0 } }),
    mended: [],
    locate: (pointer: Pointer, on) => (root ? locate(root, on ? { pointer, on } : { pointer }) : [0, text.length]),
  };
}

function dataOf(node: Node): unknown {
  switch (node.kind) {
    case 'map': {
      const map: Record<string, unknown> = {};
      for (const { key, value } of node.entries)
        if (key.kind === 'scalar')
          Object.defineProperty(map, key.text, {
            value: dataOf(value),
            enumerable: true,
            writable: true,
            configurable: true,
          });
      return map;
    }
    case 'list':
      return node.items.map(dataOf);
    case 'scalar':
      return node.style === 'plain' ? (JSON.parse(node.text) as unknown) : node.text;
    case 'alias':
      return undefined;
  }
}
