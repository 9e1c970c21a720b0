import { type CallRuling, rulings } from '../analysis/ruling.ts';
import type { Decision } from '../pattern/policy.ts';
import { compile } from '../target/compile.ts';
import type { Level, Target } from '../target/target.ts';
import type { Role, Team } from '../team/team.ts';
import { isTool, splitTool, type Tool } from '../team/tools.ts';
import type { Place } from '../text/place.ts';

/** What is decided about a call, and why. */
export interface Verdict {
  readonly decision: Decision;
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

/** The rules of a team, under the platform that it would run on or, without one, as the team means them. */
export function rulebook(team: Team, target?: Target): Rulebook {
  const ruling = rulings();
  const levels = target && levelsOf(team, target);
  const known = new Map<string, Verdict>();
  return {
    target: target?.manifest.target ?? 'ideal',
    depth: Number(target?.manifest.limits?.['depth'] ?? Number.POSITIVE_INFINITY),
    call(role, written, argument) {
      const key = `${role.id}\n${written}\n${argument}`;
      const verdict = known.get(key) ?? decided(role, written, argument, ruling, levels);
      known.set(key, verdict);
      return verdict;
    },
  };
}

type Levels = ReadonlyMap<string, Level>;

function levelsOf(team: Team, target: Target): Levels {
  return new Map(compile(team, target).fidelity.map(({ role, feature, level }) => [`${role} ${feature}`, level]));
}

function decided(
  role: Role,
  written: string,
  argument: string,
  ruling: ReturnType<typeof rulings>,
  levels: Levels | undefined,
): Verdict {
  const { name } = splitTool(written);
  if (!isTool(name)) return { decision: 'deny', why: `there is no tool "${name}"`, at: role.at };
  const found = ruling(role, name, argument);
  const held = levels && heldBy(role, name, found, levels);
  const { instead } = found.said ?? {};
  return {
    decision: found.decision,
    why: wordsFor(found),
    at: found.said?.at ?? role.at,
    ...(instead === undefined ? {} : { instead }),
    ...(held === undefined ? {} : { held }),
  };
}

/** A rule is held as the target carries the rules of its tool, a missing tool as it carries the list of tools. */
function heldBy(role: Role, tool: Tool, { said }: CallRuling, levels: Levels): Level {
  if (tool === 'delegate') return levels.get(`${role.id} delegates-to`) ?? 'native';
  const ruled = said && said.by !== 'no-tool' ? levels.get(`${role.id} permissions.${tool}`) : undefined;
  return ruled ?? levels.get(`${role.id} tools`) ?? 'native';
}

function wordsFor({ tool, said, worst }: CallRuling): string {
  const part = worst && worst.kind !== 'part' ? `${PARTS[worst.kind]}, ` : '';
  if (!said)
    return worst?.kind === 'unsplittable' ? `the line can't be split: ${worst.text}` : `${part}so a person decides`;
  const reason = said.because === undefined ? '' : `: ${said.because}`;
  switch (said.by) {
    case 'rule':
      return `${part}the rule ${said.decision} "${said.pattern}"${reason}`;
    case 'part':
      return `${part}the part "${said.pattern}" of the tool`;
    case 'edge':
      return 'an edge of delegation';
    case 'no-tool':
      return `the role has no ${tool}`;
    case 'other-part':
      return `the role has another part of ${tool}`;
    case 'no-edge':
      return 'no edge leads there';
    case 'default':
      return `${part}no rule speaks of it, and ${tool} ${said.decision === 'allow' ? 'only looks or talks' : 'acts'}`;
  }
}

const PARTS = {
  write: 'it writes a file',
  assignment: 'it sets a variable',
  unsplittable: "it can't be split",
} as const;
