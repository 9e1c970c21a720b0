import { Chalk, type ChalkInstance } from 'chalk';
import type { Explored } from '../../simulate/explore.ts';
import type { Status } from '../../simulate/monitor.ts';
import type { Forks } from '../../simulate/shortest.ts';
import type { World } from '../../simulate/world.ts';
import type { Expectation } from '../../team/scenario.ts';
import { folded } from '../folded.ts';
import type { Style } from '../result.ts';
import { count } from '../summary.ts';
import { visible } from '../visible.ts';
import type { PlayedRun } from './simulate-result.ts';
import { simulateTree } from './simulate-tree.ts';

/** What playing a scenario in every way came to. */
export interface ExploredRuns {
  readonly world: World;
  readonly explored: Explored;
  /** By expectation and by end: the way there, said as simply as may be. */
  readonly broken: readonly (Forks | undefined)[];
  readonly ends: ReadonlyMap<string, Forks>;
  /** The run that breaks an expectation in the fewest steps. */
  readonly shortest?: PlayedRun;
  /** The command line that plays a way again. */
  readonly replay: (forks: Forks['forks']) => string;
}

/** What is claimed of all runs: `open` where a limit, or that it is a matter of chance, keeps it from being told. */
export interface Claim {
  readonly expectation: Expectation;
  readonly status: Status;
  readonly why: string;
  readonly way?: Forks;
}

/** What of the expectations is proved, refuted or open. */
export function claimsOf({ world, explored, broken }: ExploredRuns): readonly Claim[] {
  return world.scenario.expectations.map((expectation, at): Claim => {
    const way = broken[at];
    if (way) return { expectation, status: 'broken', why: `after ${stepsText(way)}`, way };
    if (expectation.kind === 'share')
      return { expectation, status: 'open', why: 'how often is a matter of chance: --runs tells' };
    if (explored.open[at])
      return { expectation, status: 'open', why: 'a limit of the scenario stopped runs before they could tell' };
    if (explored.stopped !== undefined) return { expectation, status: 'open', why: `not broken as far as was looked` };
    return { expectation, status: 'kept', why: 'in every run' };
  });
}

function stepsText({ steps, faults }: Forks): string {
  return `${count(steps, 'step')}${faults === 0 ? ', without any fault' : `, with ${count(faults, 'fault')}`}`;
}

/** Up to where the search is complete, in a sentence. */
export function boundText({ explored }: ExploredRuns): string {
  const { faults, states, branches, stopped } = explored;
  const size = `${count(states, 'state')}, ${branches} of them different ones with a choice`;
  if (stopped !== undefined) return `Not complete: stopped by ${stopped}, after ${size}.`;
  if (branches === 0) return 'Complete: nothing here is left to chance, so there is one run.';
  return `Complete for at most ${count(faults, 'fault')}: ${size}. Each length of time was played at its shortest and its longest.`;
}

/** What every run comes to, for people: the ends, the expectations, how far the claim reaches, and the shortest run that breaks one. */
export function exhaustiveText(found: ExploredRuns, style: Style): string {
  const paint = new Chalk({ level: style.color });
  const { world, shortest } = found;
  const title = world.scenario.name === undefined ? '' : `${world.scenario.name}. `;
  const rules = world.rules.target === 'ideal' ? '' : ` under the rules of ${world.rules.target}`;
  const text = [
    paint.bold(visible(`${title}${world.team.name} is asked: ${world.scenario.request.text}`)),
    `Played in every way${rules}, with at most ${count(found.explored.faults, 'fault')} in a run; nothing is executed.`,
    '',
    ...endLines(found, paint),
    ...claimLines(found, paint),
    '',
    boundText(found),
    ...(shortest ? ['', paint.bold('The shortest run that breaks an expectation'), ''] : []),
  ].join('\n');
  return `${folded(text, style)}\n${shortest ? simulateTree(shortest, style) : ''}`;
}

function endLines({ ends, replay }: ExploredRuns, paint: ChalkInstance): readonly string[] {
  return [...ends].flatMap(([name, way], at) => {
    const head = paint.bold((at === 0 ? 'outcomes' : '').padEnd(12));
    const least = way.faults === 0 ? 'without any fault' : `with ${count(way.faults, 'fault')} or more`;
    const line = way.forks.size > 0 ? [paint.dim(`            ${visible(replay(way.forks))}`)] : [];
    return [`${head}${endText(name)} ${least}`, ...line];
  });
}

function endText(name: string): string {
  if (name.startsWith('limit ')) return `stopped by the ${name}`;
  return name === 'escalated' ? 'settled by a person' : name;
}

function claimLines(found: ExploredRuns, paint: ChalkInstance): readonly string[] {
  const claims = claimsOf(found);
  if (claims.length === 0) return [];
  const signs = { kept: paint.green('✓ kept  '), broken: paint.red('✗ broken'), open: paint.yellow('? open  ') };
  return [
    '',
    ...claims.flatMap(({ expectation, status, why, way }) => [
      `${signs[status]} ${visible(expectation.name)}: ${why}`,
      ...(way ? [paint.dim(`           its shortest run: ${visible(found.replay(way.forks))}`)] : []),
    ]),
  ];
}

/** The same for programs. */
export function exhaustiveJson(all: readonly ExploredRuns[]): string {
  return `${JSON.stringify({ version: 1, searches: all.map(jsonOf) }, undefined, 2)}\n`;
}

function jsonOf(found: ExploredRuns): object {
  const { world, explored, ends, replay } = found;
  const wayJson = ({ steps, faults, forks }: Forks): object => ({
    steps,
    faults,
    forks: Object.fromEntries(forks),
    replay: replay(forks),
  });
  return {
    request: world.scenario.request.text,
    team: world.team.name,
    target: world.rules.target,
    faults: explored.faults,
    complete: explored.stopped === undefined,
    ...(explored.stopped === undefined ? {} : { stopped: explored.stopped }),
    states: explored.states,
    branches: explored.branches,
    outcomes: Object.fromEntries([...ends].map(([name, way]) => [name, wayJson(way)])),
    expectations: claimsOf(found).map(({ expectation: { name }, status, why, way }) => ({
      name,
      status,
      why,
      ...(way ? { shortest: wayJson(way) } : {}),
    })),
  };
}
