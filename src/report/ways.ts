import { Chalk, type ChalkInstance } from 'chalk';
import type { HandOver } from '../analysis/hand-over.ts';
import type { Probe } from '../analysis/probes.ts';
import { saidOf } from '../analysis/said.ts';
import type { Way, Ways } from '../analysis/ways.ts';
import { locatePlace } from '../document/position.ts';
import type { Role } from '../team/team.ts';
import { enumerate } from '../text/enumerate.ts';
import { framed, painted, placeLine, ruleText } from './decision.ts';
import { folded } from './folded.ts';
import type { Style } from './result.ts';
import type { Documents } from './rule-json.ts';
import { count } from './summary.ts';
import { visible } from './visible.ts';

/** Ways to a call with the question they answer. */
export interface FoundWays extends Ways {
  readonly probe: Probe;
  readonly from?: Role;
}

/** The ways as programs read them. */
export function waysJson(
  { ways, cut, undecided, probe }: FoundWays,
  documents: Documents,
): Readonly<Record<string, unknown>> {
  return {
    paths: ways.map(({ from, handOvers, by, call }) => {
      const said = saidOf(by, probe.tool, call.witness);
      const { file, line, column } = locatePlace(said.at, documents);
      return {
        roles: [from, ...handOvers.map(({ to }) => to)].map(({ id }) => id),
        approvals: approvalsOn(handOvers),
        witness: call.witness,
        decision: call.decision,
        rule: { pattern: said.pattern ?? null, file, line, column },
        steps: handOvers.map((step) => stepJson(step, documents)),
      };
    }),
    cut,
    undecided: undecided.map(({ id }) => id),
  };
}

function stepJson({ from, to, by, asked, at }: HandOver, documents: Documents): object {
  const { file, line } = locatePlace(at, documents);
  return { from: from.id, to: to.id, by, approval: asked, file, line };
}

function approvalsOn(handOvers: readonly HandOver[]): number {
  return handOvers.filter(({ asked }) => asked).length;
}

/** Up to so many ways that end alike are shown one by one. */
const FEW = 3;

/**
 * The ways as a person reads them: who hands over to whom, the call at the end and its rule, then one line that sums up. Of
 * many that end in the same call by the same rule, the rule is shown once, above a line for each.
 */
export function prettyWays(found: FoundWays, documents: Documents, style: Style): string {
  const { color, columns } = style;
  const paint = new Chalk({ level: color });
  const blocks = alike(found).flatMap((ways) =>
    ways.length > FEW
      ? [together(ways, found.probe, documents, paint, columns)]
      : ways.map((way) => block(way, found.probe, documents, paint, columns)),
  );
  return folded(`${[...blocks, paint.bold(waysSummary(found))].join('\n\n')}\n`, style);
}

/** The ways that end in the same call by the same rule, each group where its first one stands. */
function alike({ ways, probe }: FoundWays): readonly (readonly Way[])[] {
  const groups = new Map<string, Way[]>();
  for (const way of ways) {
    const { by, call } = way;
    const { pattern, at } = saidOf(by, probe.tool, call.witness);
    const key = JSON.stringify([call, pattern, at]);
    groups.set(key, [...(groups.get(key) ?? []), way]);
  }
  return [...groups.values()];
}

function block(way: Way, { tool }: Probe, documents: Documents, paint: ChalkInstance, columns?: number): string {
  const { handOvers, by, call } = way;
  const said = saidOf(by, tool, call.witness);
  const colour = painted(call.decision, paint);
  return [
    `${paint.bold(namesOn(way))}  ${tool}  ${visible(call.witness)}  ${colour(call.decision)}${approvalText(way)}`,
    ...handOvers.map((step) => placeLine(locatePlace(step.at, documents), stepText(step), paint)),
    ...framed(locatePlace(said.at, documents), `${visible(by.id)}: ${ruleText(said)}`, colour, paint, columns),
  ].join('\n');
}

function together(
  ways: readonly Way[],
  { tool }: Probe,
  documents: Documents,
  paint: ChalkInstance,
  columns?: number,
): string {
  const { by, call } = ways[0]!;
  const said = saidOf(by, tool, call.witness);
  const colour = painted(call.decision, paint);
  const places = ({ handOvers }: Way): string => {
    const found = handOvers.map(({ at }) => locatePlace(at, documents));
    return found.length === 0 ? '' : paint.dim(`  (${found.map(({ file, line }) => `${file}:${line}`).join(', ')})`);
  };
  return [
    `${paint.bold(count(ways.length, 'way'))}  ${tool}  ${visible(call.witness)}  ${colour(call.decision)}`,
    ...framed(locatePlace(said.at, documents), ruleText(said), colour, paint, columns),
    ...ways.map((way) => `  ${namesOn(way)}${approvalText(way)}${places(way)}`),
  ].join('\n');
}

function namesOn({ from, handOvers }: Way): string {
  return [from, ...handOvers.map(({ to }) => to)].map(({ id }) => visible(id)).join(' → ');
}

function approvalText({ handOvers }: Way): string {
  const approvals = approvalsOn(handOvers);
  return approvals > 0 ? `, after ${count(approvals, 'approval')}` : '';
}

function stepText({ from, to, by, asked }: HandOver): string {
  const how = by === 'delegates-to' ? 'delegates to' : 'may switch to';
  return `${visible(from.id)} ${how} ${visible(to.id)}${asked ? ', once a person approves' : ''}`;
}

/** One line about all ways. */
export function waysSummary({ ways, cut, undecided, probe, from }: FoundWays): string {
  const what = visible(`${probe.tool}:${probe.pattern}`);
  const open =
    undecided.length > 0 ? ` It could not be decided for ${enumerate(undecided.map(({ id }) => visible(id)))}.` : '';
  if (ways.length === 0) {
    if (open !== '') return `No way to ${what} was found.${open}`;
    return from
      ? `${visible(from.id)} does not get to ${what}: every such call is denied, to it and to all whom it gets to act.`
      : `Nobody gets to ${what}: every such call is denied to every role.`;
  }
  const free = ways.filter(({ handOvers, call }) => approvalsOn(handOvers) === 0 && call.decision === 'allow').length;
  const asked =
    free === 0
      ? 'a person is asked on each'
      : `a person is asked on ${ways.length - free === 0 ? 'none' : ways.length - free} of them`;
  const more = cut ? ` There are more; these are the shortest, and --limit shows others.` : '';
  return `${count(ways.length, 'way')} to ${what}; ${asked}.${more}${open}`;
}
