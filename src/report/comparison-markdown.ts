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
import { MOST_SHOWN } from './comparison-pretty.ts';
import { visible } from './visible.ts';

/** A table for a comment on a pull request. */
export function markdownComparison(compared: ComparedTeams): string {
  const groups = groupsOf(compared.comparison);
  const more = groups.length - MOST_SHOWN;
  const rows = groups.slice(0, MOST_SHOWN).map((group) => row(group, compared.sides));
  const lines = [
    `**${cell(comparisonSummary(compared)).replace(':', ':**')}`,
    ...(rows.length > 0 ? ['', '| | role | call | before | now |', '|---|---|---|---|---|', ...rows] : []),
    ...(more > 0 ? ['', `and ${more} more changes`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function row(group: ChangeGroup, [a, b]: ComparedTeams['sides']): string {
  const { roles, tool, witness, from, to, said } = group;
  const cells = [
    isLooser(group) ? 'looser' : 'stricter',
    cell(enumerate(roles)),
    code(`${tool}:${witness}`),
    `${from}<br>${sideCell(said[0], a)}`,
    `${to}<br>${sideCell(said[1], b)}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function sideCell(said: SideSaid | undefined, side: ShownSide): string {
  if (!said) return cell(sideText(said));
  const { file, line } = sidePlace(said, side);
  return `${cell(sideText(said))}<br>${code(`${file}:${line}`)}`;
}

/** Text that Markdown leaves as it is, inside a table. */
function cell(text: string): string {
  return visible(text).replace(/[\\`*_[\]<>|]/g, '\\$&');
}

/** Code inside a table: as many backquotes around it as it needs. */
function code(text: string): string {
  const shown = visible(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`;
}
