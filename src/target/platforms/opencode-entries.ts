import type { Decision, Policy } from '../../pattern/policy.ts';
import { json } from '../render.ts';
import type { Claim } from '../target.ts';
import type { WildcardRule } from './opencode-paths.ts';

/** One entry of the permission block, its value already written as YAML. */
export interface Entry {
  readonly key: string;
  readonly value: string;
}

/** What a tool of a role becomes in its agent's permission block. */
export interface LoweredTool {
  readonly entries: readonly Entry[];
  readonly claim?: Claim;
  /** What the entries mean to opencode. */
  readonly policy: Policy;
}

/** A key that holds one decision for every argument. */
export function entry(key: string, decision: Decision): Entry {
  return { key, value: json(decision) };
}

/** A pattern that comes again makes its first place meaningless, and YAML takes no key twice: the last one stays. */
export function lastOfEach<T>(list: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const last = new Map(list.map((item, at) => [keyOf(item), at]));
  return list.filter((item, at) => last.get(keyOf(item)) === at);
}

/** An ordered map of patterns, as YAML in one line. */
export function map(rules: readonly WildcardRule[]): string {
  return `{${lastOfEach(rules, ([pattern]) => pattern)
    .map(([pattern, action]) => `${json(pattern)}: ${json(action)}`)
    .join(', ')}}`;
}
