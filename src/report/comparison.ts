import { type Change, isLooser, type SideSaid, type TeamComparison } from '../analysis/compare-teams.ts';
import { type Located, locatePlace } from '../document/position.ts';
import { enumerate } from '../text/enumerate.ts';
import { ruleText } from './decision.ts';
import type { Documents } from './rule-json.ts';
import { count } from './summary.ts';
import { visible } from './visible.ts';

/** A side of a comparison, as far as a report shows it. */
export interface ShownSide {
  /** As the person named it. */
  readonly name: string;
  readonly documents: Documents;
  /** The revision that its files come from. */
  readonly revision?: string;
}

/** Two compared teams. */
export interface ComparedTeams {
  readonly comparison: TeamComparison;
  readonly sides: readonly [ShownSide, ShownSide];
}

/** Which changes matter to who asks: those that let a role do more, less, or any. */
export type FailOn = 'looser' | 'stricter' | 'any';

/** Whether a change is one of those. */
export function matters(change: Pick<Change, 'from' | 'to'>, failOn: FailOn): boolean {
  return failOn === 'any' || (failOn === 'looser') === isLooser(change);
}

/** The same change of several roles: they share the rules behind it. */
export interface ChangeGroup extends Change {
  readonly roles: readonly string[];
}

/** Changes that show the same call and the same rules, together; those that loosen come first. */
export function groupsOf({ changes }: TeamComparison): readonly ChangeGroup[] {
  const groups = new Map<string, Change & { readonly roles: string[] }>();
  for (const change of changes) {
    const { tool, from, to, witness, said } = change;
    const key = JSON.stringify([tool, from, to, witness, said.map(sourceOf)]);
    const known = groups.get(key);
    if (known) known.roles.push(change.role);
    else groups.set(key, { ...change, roles: [change.role] });
  }
  return [...groups.values()].toSorted((a, b) => Number(isLooser(b)) - Number(isLooser(a)));
}

/** What tells rules apart: where they stand. Where no rule of the team spoke, only that. */
function sourceOf(said: SideSaid | undefined): unknown {
  return said && [said.by, said.pattern, said.target, ...(said.pattern === undefined || said.own ? [] : [said.at])];
}

/** A comparison as programs read it. */
export function comparisonJson({ comparison, sides }: ComparedTeams): Readonly<Record<string, unknown>> {
  const { verdict, changes, undecided, added, removed } = comparison;
  return {
    verdict,
    changes: changes.map(({ role, tool, from, to, witness, said }) => ({
      role,
      tool,
      from,
      to,
      witness,
      rules: said.map((one, side) => sideRule(one, sides[side]!)),
    })),
    undecided,
    added,
    removed,
  };
}

function sideRule(said: SideSaid | undefined, { documents, revision }: ShownSide): object | null {
  if (!said) return null;
  const { file, line, column } = locatePlace(said.at, documents);
  const { pattern = null, decision, target } = said;
  return {
    pattern,
    decision,
    file,
    line,
    column,
    ...(revision === undefined ? {} : { revision }),
    ...(target === undefined ? {} : { target }),
  };
}

/** Where a side says something; files of a revision are written as git writes them. */
export function sidePlace(said: SideSaid, { documents, revision }: ShownSide): Located {
  const place = locatePlace(said.at, documents);
  return revision === undefined ? place : { ...place, file: `${revision}:${place.file}` };
}

/** What a side says, in words: `deny "terraform *"`. */
export function sideText(said: SideSaid | undefined): string {
  if (!said) return 'the role is not there';
  if (said.target === undefined) return ruleText(said);
  if (said.by === 'rule') return `${said.target}: ${ruleText(said)}${said.own ? ', a rule of its own' : ''}`;
  const why = said.because === undefined ? '' : ` (${visible(said.because)})`;
  return `${said.target}: ${said.decision}, as no rule speaks of it${why}`;
}

/** One line about the whole comparison. */
export function comparisonSummary({ comparison, sides: [a, b] }: ComparedTeams): string {
  const { verdict, changes, undecided, added, removed } = comparison;
  const rolesThat = (looser: boolean): number =>
    new Set(changes.filter((change) => isLooser(change) === looser).map(({ role }) => role)).size;
  const [more, less] = [rolesThat(true), rolesThat(false)];
  const parts = [
    ...(changes.length === 0 && verdict === 'equal' ? ['every role may do the same'] : []),
    ...(more > 0 ? [`${count(more, 'role')} may do more`] : []),
    ...(less > 0 ? [`${count(less, 'role')} may do less`] : []),
    ...(added.length > 0 ? [`new: ${enumerate(added)}`] : []),
    ...(removed.length > 0 ? [`gone: ${enumerate(removed)}`] : []),
    ...(undecided.length > 0
      ? [`not decided: ${enumerate(undecided.map(({ role, tool }) => `${role} ${tool}`))}`]
      : []),
  ];
  return visible(`${verdict}: ${parts.join('; ')} (${a.name} → ${b.name})`);
}
