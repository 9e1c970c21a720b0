import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import type { Comment } from '../document/print-yaml.ts';
import type { Draft, Mapping } from './draft.ts';
import type { ReadFile } from './files.ts';
import type { Found, FoundAgent, PlatformName } from './found.ts';
import type { Relation } from './relations/relation.ts';

/** What holds for all agents of a project, in the words of a team file. */
export interface Common {
  /** Fields of the team file. */
  readonly definition: Readonly<Record<string, unknown>>;
  /** The file that says them, and where. */
  readonly file?: string;
  readonly mappings: readonly Mapping[];
  /** Notes of the authors beside them. */
  readonly comments?: readonly Comment[];
  /** The texts of the settings, so that places in them can be shown. */
  readonly documents: readonly Document[];
  readonly problems: readonly Diagnostic[];
}

/** The relations that an agent's file says, by the agent's id. */
export type RelationsOf = (source: string) => readonly Relation[];

/** What is known of one platform's files: how to find agents in them, and what they mean in the language. */
export interface Reader {
  readonly platform: PlatformName;
  /** What people call it. */
  readonly title: string;
  /** The target that writes such files again. */
  readonly target: 'claude-code' | 'opencode' | 'roo';
  read(files: readonly ReadFile[]): Found;
  translate(agent: FoundAgent): Draft;
  /** What the settings say for all agents; `foreign` tells whether there are agents that teamc did not write. */
  common?(files: readonly ReadFile[], foreign: boolean): Common;
  /** What can only be told once all agents and their relations are known. */
  check?(drafts: readonly Draft[], relations: RelationsOf): readonly Diagnostic[];
}
