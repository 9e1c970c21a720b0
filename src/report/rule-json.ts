import type { Said } from '../analysis/said.ts';
import type { Document } from '../document/document.ts';
import { locatePlace } from '../document/position.ts';
import type { Decision } from '../pattern/policy.ts';

/** The documents of a team, in which places become lines. */
export type Documents = ReadonlyMap<string, Document>;

/** A rule as programs read it. */
export interface RuleJson {
  readonly pattern: string;
  readonly decision: Decision;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly because?: string;
  readonly instead?: string;
}

/** The rule that decided, with its place; nothing where no rule did. */
export function ruleJson(said: Said | undefined, documents: Documents): RuleJson | null {
  if (said?.pattern === undefined) return null;
  const { file, line, column } = locatePlace(said.at, documents);
  const { pattern, decision, because, instead } = said;
  return {
    pattern,
    decision,
    file,
    line,
    column,
    ...(because === undefined ? {} : { because }),
    ...(instead === undefined ? {} : { instead }),
  };
}
