import { resolve } from 'node:path';
import { playsOf, targetNamed } from '../cli/simulate/input.ts';
import { runJson } from '../report/simulate/simulate-json.ts';
import { judge } from '../simulate/expectations.ts';
import { rulesMind } from '../simulate/minds/rules.ts';
import { seededMind } from '../simulate/minds/seeded.ts';
import { play } from '../simulate/play.ts';
import { rulebook } from '../simulate/rulebook.ts';
import { summarize } from '../simulate/summary.ts';
import { worldOf } from '../simulate/world.ts';
import type { LoadedTeam } from '../team/read.ts';
import { bareScenario } from '../team/scenario.ts';
import { Disk } from '../workspace/disk.ts';
import { type LoadOptions, sound, TeamError, told } from './load-team.ts';

/** How a run goes. */
export interface SimulateOptions {
  /** Whose rules hold; by default the team's own meaning. */
  readonly target?: string;
  /** Lets chance decide, from this seed; by default what is likeliest happens. */
  readonly seed?: string;
  /** Which run of the seed, from 1. */
  readonly run?: number;
}

/** A run, as `teamc simulate --format json` tells it. */
export interface SimulatedRun {
  readonly name: string;
  readonly team: string;
  readonly outcome: string;
  readonly summary: Readonly<Record<string, unknown>>;
  readonly expectations: readonly {
    readonly name: string;
    readonly status: string;
    readonly why: string;
  }[];
  /** One event after another, the first `requested`. */
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Plays a request through a team; nothing is executed. Throws a `TeamError` for a team whose files have errors, an empty
 * request, and a run that is no whole number from 1.
 */
export function simulate(team: LoadedTeam, request: string, options: SimulateOptions = {}): SimulatedRun {
  if (request.trim() === '') throw new TeamError('The request is empty; say what is asked.');
  return told(() => played({ team: sound(team), scenario: bareScenario(request), documents: team.documents }, options));
}

/** Plays a scenario's file through the team that it belongs to. Throws a `TeamError` for one that can't be used. */
export function simulateScenario(
  path: string,
  { cwd = '.', ...options }: SimulateOptions & LoadOptions = {},
): SimulatedRun {
  return told(() => {
    const [each] = playsOf(new Disk(resolve(cwd)), [path]);
    const worst = each!.problems.find(({ severity }) => severity === 'error');
    if (worst) throw new TeamError(`${worst.at.file}: ${worst.message}`);
    return played(each!, options);
  });
}

type Playable = Pick<ReturnType<typeof playsOf>[number], 'team' | 'scenario' | 'documents' | 'path'>;

function played({ team, scenario, documents, path }: Playable, options: SimulateOptions): SimulatedRun {
  const { target = scenario.target, seed, run: number = 1 } = options;
  if (!Number.isSafeInteger(number) || number < 1)
    throw new TeamError(`A run is a whole number from 1, not ${number}.`);
  const world = worldOf(team.team, scenario, rulebook(targetNamed(target)));
  const run = play(world, seed === undefined ? rulesMind : seededMind(seed, number));
  const judged = { world, run, summary: summarize(world, run), verdicts: judge(world, run), documents };
  const { events, ...told } = runJson(path === undefined ? judged : { ...judged, path }) as SimulatedRun;
  return { ...told, events: events.map(withoutHoles) };
}

/** An event as its JSON has it: what is not known of it is no key. */
function withoutHoles(event: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined));
}
