import { decide, type Ruling } from './decide.ts';
import { normalizePath } from './normal.ts';
import { type Decision, type Policy, stricter } from './policy.ts';
import { splitCommand } from './split-command.ts';

/** What settled a command line's decision. */
export type CommandReason =
  | { readonly kind: 'part'; readonly text: string; readonly ruling: Ruling }
  | { readonly kind: 'write'; readonly path: string; readonly ruling: Ruling | undefined }
  | { readonly kind: 'assignment'; readonly text: string }
  | { readonly kind: 'unsplittable'; readonly reason: string };

/** The decision on a command line, and the first of the reasons that made it so strict. */
export interface CommandRuling {
  readonly decision: Decision;
  readonly because: CommandReason;
}

/**
 * Decides a whole command line: as allowed as the least allowed of its parts. A leading assignment, and what can't be split, make it ask
 * at best. An output redirection is also an edit of its file, decided by `editPolicy`; without one it makes the line ask at best.
 * Throws `UnsupportedPattern` as `decide` does.
 */
export function decideCommand(policy: Policy, line: string, editPolicy?: Policy): CommandRuling {
  return worstOf(rulingsOn(policy, line, editPolicy));
}

/** The rulings on everything that a line would do, in its order; at least one. Throws `UnsupportedPattern` as `decide` does. */
export function rulingsOn(policy: Policy, line: string, editPolicy?: Policy): readonly CommandRuling[] {
  const { parts, writes, unsplittable } = splitCommand(line);
  const rulings: CommandRuling[] = [];
  for (const { text, plain, assignments } of parts) {
    for (const reading of [text, plain ?? '']) {
      if (reading === '') continue;
      const ruling = decide(policy, reading);
      rulings.push({ decision: ruling.decision, because: { kind: 'part', text: reading, ruling } });
    }
    if (assignments !== '') rulings.push({ decision: 'ask', because: { kind: 'assignment', text } });
  }
  for (const path of writes.map(normalizePath)) {
    const ruling = editPolicy && decide(editPolicy, path);
    rulings.push({ decision: ruling?.decision ?? 'ask', because: { kind: 'write', path, ruling } });
  }
  if (unsplittable !== undefined) {
    rulings.push({ decision: 'ask', because: { kind: 'unsplittable', reason: unsplittable } });
  }
  return rulings.length > 0 ? rulings : [ofNothing(policy)];
}

/** The first of the strictest rulings: a line is as allowed as its least allowed part. */
export function worstOf(rulings: readonly CommandRuling[]): CommandRuling {
  const decision = rulings.map((ruling) => ruling.decision).reduce(stricter, 'allow');
  return rulings.find((ruling) => ruling.decision === decision)!;
}

/** A line without commands: blanks, or a comment. */
function ofNothing(policy: Policy): CommandRuling {
  const ruling = decide(policy, '');
  return { decision: ruling.decision, because: { kind: 'part', text: '', ruling } };
}
