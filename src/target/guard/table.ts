import type { Decision } from '../../pattern/policy.ts';

/** A pattern, what it decides, and the reason that the team gives for it. */
export type GuardRule = readonly [pattern: string, decision: Decision, because?: string];

/** Rules in their order, the last match decides; and what holds where none matches. */
export interface GuardList {
  readonly rules: readonly GuardRule[];
  readonly otherwise: Decision;
}

/** What one role may do: for each tool it has, lists of which the strictest answer holds. */
export interface GuardRole {
  readonly tools: Readonly<Record<string, readonly GuardList[]>>;
}

/** Everything the guard knows: one JSON file beside it. */
export interface GuardTable {
  readonly version: 1;
  readonly team: string;
  /** Whether agents from outside the team, the person's own main thread among them, are denied too. */
  readonly closed: boolean;
  /** Roles by the name that the platform gives them. */
  readonly roles: Readonly<Record<string, GuardRole>>;
}

/** A call as Claude Code 2.1 hands it to a PreToolUse hook. */
export interface HookInput {
  readonly tool_name: string;
  readonly tool_input: Readonly<Record<string, unknown>>;
  /** The agent that makes the call; absent in a plain main thread. */
  readonly agent_type?: string;
  readonly cwd?: string;
}

/** Where the project and the person's home folder lie, as absolute paths with forward slashes. */
export interface Surroundings {
  readonly project: string;
  readonly home: string;
  /** Whether a skill starts an agent of its own (`context: fork`); nothing where the skill can't be found. */
  forks?(skill: string): boolean | undefined;
}

/** What the guard says of a call. It never approves: `allow` means that it has nothing against it. */
export interface Verdict {
  readonly decision: Decision;
  readonly because: string;
}
