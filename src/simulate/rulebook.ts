import { type CallRuling, rulings } from '../analysis/ruling.ts';
import type { Decision } from '../pattern/policy.ts';
import { type Enforcer, enforcer } from '../target/enforcement.ts';
import type { Level, Target } from '../target/target.ts';
import type { Role } from '../team/team.ts';
import { isTool, splitTool } from '../team/tools.ts';
import type { Place } from '../text/place.ts';

/** What is decided about a call, and why. */
export interface Verdict {
  readonly decision: Decision;
  /** What the team itself says. */
  readonly own: Decision;
  /** What the target would let a role do that does not obey its prompt, where that is more. */
  readonly loose?: Decision;
  /** The rule, or what else decided, in words. */
  readonly why: string;
  readonly at: Place;
  /** The role that may instead. */
  readonly instead?: string;
  /** How well the target holds it; nothing for the team's own meaning. */
  readonly held?: Level;
}

/** Decides calls as one target would. A role that is handed work acts with its own permissions there, as everywhere. */
export interface Rulebook {
  readonly target: string;
  /** How many hand-overs may follow one another there. */
  readonly depth: number;
  call(role: Role, tool: string, argument: string): Verdict;
}

/** The rules of the platform that a team would run on or, without one, as the team means them. */
export function rulebook(target?: Target): Rulebook {
  const ruling = rulings();
  const platform = target && enforcer(target);
  const known = new Map<string, Verdict>();
  return {
    target: target?.manifest.target ?? 'ideal',
    depth: Number(target?.manifest.limits?.['depth'] ?? Number.POSITIVE_INFINITY),
    call(role, written, argument) {
      const key = `${role.id}\n${written}\n${argument}`;
      const verdict = known.get(key) ?? decided(role, written, argument, ruling, platform);
      known.set(key, verdict);
      return verdict;
    },
  };
}

function decided(
  role: Role,
  written: string,
  argument: string,
  ruling: ReturnType<typeof rulings>,
  platform: Enforcer | undefined,
): Verdict {
  const { name } = splitTool(written);
  if (!isTool(name)) return { decision: 'deny', own: 'deny', why: `there is no tool "${name}"`, at: role.at };
  const found = ruling(role, name, argument);
  const { instead } = found.said ?? {};
  const own: Verdict = {
    decision: found.decision,
    own: found.decision,
    why: wordsFor(found),
    at: found.said?.at ?? role.at,
    ...(instead === undefined ? {} : { instead }),
  };
  return platform ? { ...own, ...underPlatform(platform, found) } : own;
}

/** A platform decides for itself; what the team denies and it does not, a role that obeys its prompt still leaves alone. */
function underPlatform(platform: Enforcer, { role, tool, argument, decision: own }: CallRuling): Partial<Verdict> {
  const { decision, level, because } = platform.decide(role, tool, argument, own);
  if (decision === own) return { held: level };
  const { title } = platform.target.manifest;
  const reason = because === undefined ? '' : `: ${because}`;
  if (own === 'deny') return { held: 'prose', loose: decision };
  return { decision, held: level, why: `${title} decides otherwise than the team, which says ${own}${reason}` };
}

function wordsFor({ tool: called, said, worst }: CallRuling): string {
  if (!said)
    return worst?.kind === 'unsplittable'
      ? `the line can't be split: ${worst.text}`
      : 'it sets a variable, so a person decides';
  const [part, tool] = worst?.kind === 'write' ? ['it writes a file, ', 'edit'] : ['', called];
  const reason = said.because === undefined ? '' : `: ${said.because}`;
  switch (said.by) {
    case 'rule':
      return `${part}the rule ${said.decision} "${said.pattern}"${reason}`;
    case 'part':
      return `${part}the part "${said.pattern}" of the tool`;
    case 'edge':
      return 'an edge of delegation';
    case 'no-tool':
      return `${part}the role has no ${tool}`;
    case 'other-part':
      return `${part}the role has another part of ${tool}`;
    case 'no-edge':
      return 'no edge leads there';
    case 'default':
      return `${part}no rule speaks of it, and ${tool} ${said.decision === 'allow' ? 'only looks or talks' : 'acts'}`;
  }
}
