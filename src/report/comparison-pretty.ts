import { Chalk, type ChalkInstance } from 'chalk';
import { isLooser, type SideSaid } from '../analysis/compare-teams.ts';
import { enumerate } from '../text/enumerate.ts';
import {
  type ChangeGroup,
  type ComparedTeams,
  comparisonSummary,
  groupsOf,
  type ShownSide,
  sidePlace,
  sideText,
} from './comparison.ts';
import { framed, painted, placeLine } from './decision.ts';
import { folded } from './folded.ts';
import type { Style } from './result.ts';
import { count } from './summary.ts';
import { visible } from './visible.ts';

/** How many changes a person is shown; programs get all. */
export const MOST_SHOWN = 50;

/** What a person reads: each change with a call that shows it and both rules with their source, then one line that sums up. */
export function prettyComparison(compared: ComparedTeams, style: Style): string {
  const { color, columns } = style;
  const paint = new Chalk({ level: color });
  const groups = groupsOf(compared.comparison);
  const blocks = groups.slice(0, MOST_SHOWN).map((group) => block(group, compared.sides, paint, columns));
  const more = groups.length - MOST_SHOWN;
  const rest = more > 0 ? [`and ${more} more changes; --format json has all of them`] : [];
  return folded(`${[...blocks, ...rest, paint.bold(comparisonSummary(compared))].join('\n\n')}\n`, style);
}

/** So many roles are named in the first line of a change; of more it tells how many, and the next line who. */
const FEW = 3;

function block(group: ChangeGroup, sides: ComparedTeams['sides'], paint: ChalkInstance, columns?: number): string {
  const { tool, from, to, witness, roles, said } = group;
  const looser = isLooser(group);
  const colour = looser ? paint.red : paint.green;
  const decisions = `${painted(from, paint)(from)} → ${painted(to, paint)(to)}`;
  const many = roles.length > FEW;
  const who = many ? count(roles.length, 'role') : visible(enumerate(roles));
  return [
    `${colour.bold(looser ? 'looser' : 'stricter')}  ${who}  ${tool}  ${visible(witness)}  ${decisions}`,
    ...(many ? [`  ${visible(enumerate(roles))}`] : []),
    ...sideLines('before', said[0], sides[0], paint, columns),
    ...sideLines('now', said[1], sides[1], paint, columns, isSamePlace(said, sides)),
  ].join('\n');
}

function sideLines(
  when: string,
  said: SideSaid | undefined,
  side: ShownSide,
  paint: ChalkInstance,
  columns: number | undefined,
  shown = false,
): readonly string[] {
  if (!said) return [`  ${paint.dim('-->')} ${visible(side.name)}  ${when}: ${sideText(said)}`];
  const colour = painted(said.decision, paint);
  if (shown) return [placeLine(sidePlace(said, side), `${when}: ${sideText(said)}`, paint)];
  return framed(sidePlace(said, side), `${when}: ${sideText(said)}`, colour, paint, columns);
}

/** Whether the source that was shown for the first side is that of the second as well. */
function isSamePlace([a, b]: ChangeGroup['said'], sides: ComparedTeams['sides']): boolean {
  if (!a || !b) return false;
  const [one, other] = [sidePlace(a, sides[0]), sidePlace(b, sides[1])];
  return one.file === other.file && one.line === other.line && one.column === other.column;
}
