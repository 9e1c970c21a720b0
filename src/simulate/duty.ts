import type { Fault, Outcomes } from '../team/scenario.ts';
import type { Option } from './choice.ts';
import type { Job } from './job.ts';
import type { Effect } from './modes.ts';
import type { Post } from './post.ts';
import type { Verdict } from './rulebook.ts';

/** A failure mode as a scenario injects it. */
export type ModeFault = Extract<Fault, { kind: 'mode' }>;

/** A job in the hands of a role, under one name: what the scenario says of it, made ready once for all attempts and runs. */
export interface Duty {
  readonly job: Job;
  readonly post: Post;
  /** The least and the most milliseconds that it takes; nothing where nobody said. */
  readonly effort: readonly [least: number, most: number] | undefined;
  /** Milliseconds that it is planned to take: the middle of the effort. */
  readonly planned: number;
  /** The failure modes that may befall an attempt. */
  readonly modes: readonly ModeFault[];
  /** How attempts end by the scenario: by shares or a script. */
  readonly outcomes: Outcomes | undefined;
  /** The chance that nothing comes back; and whether that is certain. */
  readonly timeout: number;
  readonly silent: boolean;
  /** What to choose from where the outcome is open; a script makes it anew for each attempt. */
  readonly options: readonly Option[];
  /** The turns that the role may have. */
  readonly maxTurns: number;
  /** The calls of an attempt under the effects of failure modes. */
  attempts(effects: readonly Effect[]): readonly Attempted[];
}

/** A call that is about to be made, and what is decided and may happen then: none is ever executed. */
export interface Attempted {
  readonly tool: string;
  readonly argument: string;
  /** Whether no plan has it: the role oversteps. */
  readonly stray: boolean;
  readonly verdict: Verdict;
  /** What goes wrong without any choice. */
  readonly mishap: 'tool-error' | 'timeout' | undefined;
  /** What to choose from where something may go wrong. */
  readonly options: readonly Option[];
  /** What the answer may say to the role, and whether it does without any choice. */
  readonly injected: string | undefined;
  readonly isInjected: boolean;
  /** End the keys of what is chosen about it. */
  readonly answerKey: string;
  readonly approvalKey: string;
  readonly answersInKey: string;
}
