import { constructFromEvents, type Event, parseEvents } from 'js-yaml';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Source } from '../text/source.ts';
import { type Document, MAX_DEPTH, type Range } from './document.ts';
import { locate } from './locate.ts';
import { type Node, nodesOf } from './nodes.ts';

/** Reads a YAML file whose root is a map; with `any`, a list or a single value will do as well. */
export function readYaml(source: Source, root: 'map' | 'any' = 'map'): Document {
  const { path, text } = source;
  const { data, problems, locate } = parseYaml(source, [0, text.length], root);
  const document: Document = {
    path,
    text,
    kind: 'yaml',
    data,
    problems,
    range: ({ pointer, on, span }) => span ?? locate(on ? { pointer, on } : { pointer }) ?? [0, 0],
    origin: (place) => ({ document, place }),
  };
  return document;
}

/** YAML that stands in a part of a file, read. */
export interface Reading {
  readonly data: unknown;
  readonly problems: readonly Diagnostic[];
  /** Where a value or key stands in the file; undefined when the YAML could not be read. The first look-up costs a parse. */
  locate(place: Parameters<typeof locate>[1]): Range | undefined;
}

/** Reads the YAML in a part of a file. */
export function parseYaml(source: Source, [start, end]: Range, _root: 'map' | 'any'): Reading {
  const text = source.text.slice(start, end);
  const events = parseEvents(text, { maxDepth: MAX_DEPTH });
  const data = constructFromEvents(events as Event[], { source: text })[0];
  let nodes: Node | undefined;
  return {
    data,
    problems: [],
    locate(place) {
      nodes ??= nodesOf(text, parseEvents(text, { maxDepth: MAX_DEPTH }), start)[0];
      return nodes && locate(nodes, place);
    },
  };
}
