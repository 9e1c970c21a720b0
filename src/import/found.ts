import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import type { Place, Pointer } from '../text/place.ts';

/** The platforms whose files are read. `roo-commander` is the source format of Roo modes, one `*.mode.md` for each. */
export const PLATFORMS = ['claude-code', 'opencode', 'roo', 'roo-commander'] as const;

export type PlatformName = (typeof PLATFORMS)[number];

/** A text of an agent: the body of its file, the source of its front matter, or a long text in a list of modes. */
export interface Passage {
  readonly text: string;
  /** Where a part of the text stands in its file, from and up to UTF-16 offsets into `text`. */
  place(start: number, end: number): Place;
}

/**
 * An agent as one platform's file says it: plain data under the author's own keys, and texts. Nothing of it is
 * understood yet in the words of the language.
 */
export interface FoundAgent {
  /** How the agent is called: the name that the platform knows it by, made fit for an id. Each is found once. */
  readonly id: string;
  /** What people call it, where the file says it. */
  readonly name?: string;
  readonly platform: PlatformName;
  /** Path from the working folder, with forward slashes. */
  readonly file: string;
  /** The front matter, or the entry in a list of modes, with the keys as they are spelled there. */
  readonly data: Readonly<Record<string, unknown>>;
  /** What the settings say for every agent, under the same keys. */
  readonly inherited?: Readonly<Record<string, unknown>>;
  /** Where a value of `data` stands in the file, or with `on: 'key'` the key that introduces it. */
  place(pointer: Pointer, on?: 'key'): Place;
  /** The source of the front matter with its comments; absent where the agent is an entry among others. */
  readonly header?: Passage;
  /** The agent is one of several in a list of modes or in settings. */
  readonly inList?: true;
  /** Other files that say a part of what it is. */
  readonly also?: readonly string[];
  /** The texts that become the agent's prompt, in order. */
  readonly prompt: readonly Passage[];
}

/** What a reader made of a platform's files: agents, documents for their places, and what there is to tell. */
export interface Found {
  readonly agents: readonly FoundAgent[];
  /** All files that were read, by path. */
  readonly documents: ReadonlyMap<string, Document>;
  /** What could not be read, was repaired, or the platform reads otherwise than its author meant. */
  readonly problems: readonly Diagnostic[];
}
