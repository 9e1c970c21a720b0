import { isLooser } from '../analysis/compare-teams.ts';
import { locatePlace } from '../document/position.ts';
import { enumerate } from '../text/enumerate.ts';
import {
  type ChangeGroup,
  type ComparedTeams,
  comparisonSummary,
  type FailOn,
  groupsOf,
  matters,
  sidePlace,
  sideText,
} from './comparison.ts';
import { workflowCommand } from './github.ts';

/** Annotations in GitHub Actions, those that fail the run first; then one line that sums up. */
export function githubComparison(compared: ComparedTeams, failOn: FailOn | undefined): string {
  const groups = groupsOf(compared.comparison);
  const fails = (group: ChangeGroup): boolean => failOn !== undefined && matters(group, failOn);
  const ordered = groups.toSorted((a, b) => Number(fails(b)) - Number(fails(a)));
  const lines = ordered.map((group) => annotation(group, compared.sides, fails(group)));
  return [...lines, comparisonSummary(compared)].map((line) => `${line}\n`).join('');
}

function annotation(group: ChangeGroup, sides: ComparedTeams['sides'], fails: boolean): string {
  const { roles, tool, witness, from, to, said } = group;
  const looser = isLooser(group);
  const where = (side: 0 | 1): string => {
    const one = said[side];
    const place = one && sidePlace(one, sides[side]);
    return `${side === 0 ? 'before' : 'now'}: ${sideText(one)}${place ? ` at ${place.file}:${place.line}:${place.column}` : ''}`;
  };
  const at = said[1] ? locatePlace(said[1].at, sides[1].documents) : locatePlace(said[0]!.at, sides[0].documents);
  const what = `${enumerate(roles)}: ${tool} "${witness}" was ${from} and is ${to}`;
  const command = fails ? 'error' : looser ? 'warning' : 'notice';
  return workflowCommand(command, at, looser ? 'looser permission' : 'stricter permission', [what, where(0), where(1)]);
}
