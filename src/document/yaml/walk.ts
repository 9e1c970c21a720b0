import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Source } from '../../text/source.ts';
import type { Node } from './nodes.ts';

/** State of one walk over the tree of a text, from the root down. */
export interface Walk {
  readonly source: Source;
  readonly problems: Diagnostic[];
  /** The names of all anchors in the text. */
  readonly anchors: ReadonlySet<string>;
  /** The nodes that stand around the current one. */
  readonly around: Node[];
  /** Whether data can be made of what was seen so far. */
  sound: boolean;
}
