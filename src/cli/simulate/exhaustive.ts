import { getHeapStatistics } from 'node:v8';
import type { Command } from 'commander';
import {
  claimsOf,
  type ExploredRuns,
  exhaustiveJson,
  exhaustiveText,
} from '../../report/simulate/simulate-exhaustive.ts';
import type { PlayedRun } from '../../report/simulate/simulate-result.ts';
import { type Bounds, type Explored, explore, type Progress } from '../../simulate/explore.ts';
import { forkedMind } from '../../simulate/minds/forked.ts';
import { rulesMind } from '../../simulate/minds/rules.ts';
import { play, type Run } from '../../simulate/play.ts';
import { type Forks, simplest } from '../../simulate/shortest.ts';
import type { World } from '../../simulate/world.ts';
import { milliseconds } from '../../team/scenario-units.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { Globals } from '../globals.ts';
import type { Io } from '../io.ts';
import { quoted } from '../quoted.ts';
import { StatusLine } from '../status-line.ts';
import { Unusable } from '../unusable.ts';
import type { Played } from './input.ts';

/** The options of a search, and those that it can't go with. */
export interface SearchOptions {
  readonly exhaustive?: true;
  readonly faults?: number;
  readonly maxStates?: number;
  /** A duration. */
  readonly maxTime?: string;
  readonly runs?: number;
  readonly until?: number;
  readonly run?: number;
  readonly seed?: string;
  readonly replay?: string;
  readonly fork?: ReadonlyMap<string, string>;
  readonly live?: true;
  readonly format: string;
}

/** How far a search goes when nobody says how far. */
const FAULTS = 2;
const STATES = 20_000_000;
const TIME = '10m';

/** Adds the options of a search to the command. */
export function addSearchOptions(command: Command): Command {
  return command
    .option('--exhaustive', 'play every option of every choice, and find the shortest run that breaks an expectation')
    .option(
      '--faults <k>',
      `with --exhaustive: how much may go wrong in a run (default: ${FAULTS})`,
      upTo('--faults', 100),
    )
    .option('--max-states <n>', `with --exhaustive: stop after so many (default: ${STATES})`, upTo('--max-states', 1e9))
    .option('--max-time <duration>', `with --exhaustive: stop after this time (default: ${TIME})`, duration);
}

function upTo(name: string, most: number): (given: string) => number {
  return (given) => {
    if (/^\d{1,10}$/.test(given) && Number(given) <= most) return Number(given);
    throw new Unusable(`${name} takes a whole number from 0 to ${most}, not "${given}".`);
  };
}

function duration(given: string): string {
  if (/^\d+(?:\.\d+)?(?:ms|s|m|h|d)$/.test(given)) return given;
  throw new Unusable(`--max-time takes a duration such as 30s or 10m, not "${given}".`);
}

/** Fails in one sentence where options contradict a search, or need one. */
export function checkSearch({
  exhaustive,
  faults,
  maxStates,
  maxTime,
  format,
  fork,
  live,
  ...others
}: SearchOptions): void {
  const { runs, until, run, seed, replay } = others;
  if (exhaustive && (runs ?? until ?? run ?? seed ?? replay ?? fork ?? live) !== undefined)
    throw new Unusable(
      '--exhaustive plays every run there is; --runs, --until, --run, --seed, --replay, --fork and --live choose some.',
    );
  if (!exhaustive && (faults ?? maxStates ?? maxTime) !== undefined)
    throw new Unusable('--faults, --max-states and --max-time are about --exhaustive.');
  if (exhaustive && format !== 'tree' && format !== 'json')
    throw new Unusable(`--exhaustive reports as tree or json; play the run that it finds for ${format}.`);
  if (fork && (runs ?? until ?? live) !== undefined)
    throw new Unusable('--fork changes one run that is played by rules, by chance or again.');
}

/** What is played, and the words that stand for it on a command line. */
export interface Searched {
  readonly played: Played;
  readonly world: World;
  readonly lineWith: (options: string) => string;
}

/** What the command lends. */
interface Lent {
  readonly globals: Globals;
  readonly io: Io;
  readonly judged: (played: Played, world: World, run: Run) => PlayedRun;
  /** Keeps the shortest run that breaks an expectation, if one does. */
  readonly keep: (run: PlayedRun | undefined) => void;
}

/** Plays each scenario in every way, and says what holds, how far that claim reaches, and the shortest run that breaks something. */
export async function searchAll(all: readonly Searched[], options: SearchOptions, lent: Lent): Promise<ExitCode> {
  const { faults = FAULTS, maxStates: states = STATES, maxTime = TIME } = options;
  const found: ExploredRuns[] = [];
  for (const each of all)
    found.push(foundBy(each, await searched(each.world, { faults, states }, maxTime, lent), lent));
  const { stdout } = lent.io;
  if (options.format === 'json') stdout.write(exhaustiveJson(found));
  else stdout.write(found.map((each) => exhaustiveText(each, lent.globals.style)).join('\n'));
  lent.keep(found.find((each) => each.shortest)?.shortest);
  return codeOf(found);
}

function codeOf(found: readonly ExploredRuns[]): ExitCode {
  const claims = found.flatMap(claimsOf);
  if (claims.some(({ status }) => status === 'broken')) return EXIT.finding;
  const isOpen = claims.some(({ status, expectation }) => status === 'open' && expectation.kind !== 'share');
  return isOpen || found.some(({ explored }) => explored.stopped !== undefined) ? EXIT.inconclusive : EXIT.fine;
}

function foundBy({ played, world, lineWith }: Searched, explored: Explored, lent: Lent): ExploredRuns {
  const broken = explored.broken.map((way, at) => way && simplest(world, way, { broken: at }));
  const ends = new Map([...explored.ends].map(([name, way]) => [name, simplest(world, way, { end: name })]));
  const [first] = broken.filter((way): way is Forks => way !== undefined).sort((a, b) => a.steps - b.steps);
  return {
    world,
    explored,
    broken,
    ends,
    ...(first ? { shortest: lent.judged(played, world, play(world, forkedMind(rulesMind, first.forks))) } : {}),
    replay: (forks) =>
      lineWith([...forks].map(([key, value]) => `--fork ${quoted(`${key}=${value}`)}`).join(' ')).trim(),
  };
}

/** How much of the memory that Node has for itself may be used. */
const MEMORY_SHARE = 0.85;

/** Searches until the end, until a limit, or until the person interrupts. */
async function searched(world: World, bounds: Bounds, time: string, { globals, io }: Lent): Promise<Explored> {
  const start = performance.now();
  const end = start + milliseconds(time);
  const { heap_size_limit: memory } = getHeapStatistics();
  let interrupted = false;
  const release = io.onInterrupt?.(() => {
    interrupted = true;
  });
  const line = new StatusLine(io, globals.quiet);
  const reason = (): string | undefined => {
    if (interrupted) return 'an interrupt';
    if (performance.now() > end) return `the limit of ${time} of time`;
    return process.memoryUsage().heapUsed > memory * MEMORY_SHARE
      ? `the limit of ${Math.round((memory * MEMORY_SHARE) / 2 ** 20)} MB of memory`
      : undefined;
  };
  try {
    const search = explore(world, bounds);
    for (let next = search.next(); ; next = search.next(reason())) {
      if (next.done) return next.value;
      line.show(progressText(next.value, performance.now() - start));
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    line.clear();
    release?.();
  }
}

function progressText({ states, waiting, steps }: Progress, milliseconds: number): string {
  const rate = Math.round(states / Math.max(1, milliseconds));
  return `${states} states, ${rate}k a second, ${waiting} waiting, ${steps} steps deep`;
}
