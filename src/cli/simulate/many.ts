import { availableParallelism } from 'node:os';
import type { Command } from 'commander';
import { partText, spanOf } from '../../report/simulate/simulate-part.ts';
import {
  judgeSample,
  type SampledRuns,
  sampledOf,
  sampleJson,
  sampleText,
} from '../../report/simulate/simulate-sample.ts';
import { Series } from '../../simulate/series.ts';
import type { World } from '../../simulate/world.ts';
import { packageVersion } from '../../workspace/package.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { Globals } from '../globals.ts';
import type { Io } from '../io.ts';
import { StatusLine } from '../status-line.ts';
import { Unusable } from '../unusable.ts';
import { type Played, sourcesOf } from './input.ts';
import { hasWorkers, localPlayer, type Player, workerPlayer } from './players.ts';
import { type Shard, shardOf } from './shard.ts';

/** The options of many runs. */
export interface ManyOptions {
  readonly runs?: number;
  readonly until?: number;
  readonly jobs?: number;
  readonly shard?: string;
  readonly seed?: string;
  readonly target?: string;
  readonly format: string;
}

/** The most runs at once: beyond that they say little more. */
export const MOST_RUNS = 1_000_000;

/** The most threads: more only stand in each other's way. */
const MOST_JOBS = 256;

/** Adds the options of many runs to the command. */
export function addManyOptions(command: Command): Command {
  return command
    .option(
      '--runs <n>',
      'play so many runs and count (seed 1 unless --seed says otherwise)',
      upTo('--runs', MOST_RUNS),
    )
    .option(
      '--until <precision>',
      'play until shares are known to so much, as in 1%, and each expected share is decided',
      precision,
    )
    .option(
      '--jobs <n>',
      'with --runs or --until: threads to play in (default: what the machine has, where it pays)',
      upTo('--jobs', MOST_JOBS),
    )
    .option('--shard <k/n>', 'with --runs: play one of n equal parts and print it as JSON, for `simulate merge`');
}

/** Reads a whole number from 1 to some most. */
export function upTo(name: string, most: number): (given: string) => number {
  return (given) => {
    if (/^[1-9]\d{0,6}$/.test(given) && Number(given) <= most) return Number(given);
    throw new Unusable(`${name} takes a whole number from 1 to ${most}, not "${given}".`);
  };
}

function precision(given: string): number {
  const share = /^\d{1,2}(?:\.\d{1,3})?%$/.test(given) ? Number(given.slice(0, -1)) / 100 : 0;
  if (share >= 0.001 && share <= 0.2) return share;
  throw new Unusable(`--until takes a precision from 0.1% to 20%, as in 1%, not "${given}".`);
}

/** Whether many runs are asked for. Fails in one sentence where options contradict each other. */
export function asksForMany({ runs, until, jobs, shard, format }: ManyOptions): boolean {
  const isMany = (runs ?? until) !== undefined;
  if (!isMany && jobs !== undefined) throw new Unusable('--jobs shares out many runs; say --runs or --until too.');
  if (runs === undefined && shard !== undefined && until === undefined)
    throw new Unusable('--shard plays one part of many runs; say how many with --runs.');
  if (shard !== undefined && until !== undefined)
    throw new Unusable("--until can't be combined with --shard: one part can't tell when all of them are enough.");
  if (isMany && format !== 'tree' && format !== 'json')
    throw new Unusable(`--runs reports as tree or json; play one run with --run for ${format}.`);
  return isMany;
}

/** Something to play many times, and the command line that plays one of the runs again but for its number. */
export interface Repeated {
  readonly played: Played;
  readonly world: World;
  readonly words: readonly string[];
  readonly replay: string;
}

/** Plays each scenario many times, and says what the runs come to. */
export async function playMany(all: readonly Repeated[], options: ManyOptions, lent: Lent): Promise<ExitCode> {
  const shard = options.shard === undefined ? undefined : shardOf(options.shard, lent.io.env);
  const found: SampledRuns[] = [];
  for (const each of all) {
    const sampled = await played(each, shard, options, lent);
    if (!sampled) return EXIT.inconclusive;
    found.push(sampled);
  }
  if (!shard) return tellSamples(found, options.format, lent);
  const part = { ...shard, runs: options.runs!, sources: sourcesOf(all.map(({ played: own }) => own)) };
  lent.io.stdout.write(partText({ ...part, version: packageVersion(), samples: found }));
  return EXIT.fine;
}

/** What the command lends. */
interface Lent {
  readonly globals: Globals;
  readonly io: Io;
}

/** Reports what many runs come to, and answers the exit code for that. */
export function tellSamples(found: readonly SampledRuns[], format: string, { globals, io }: Lent): ExitCode {
  const texts = format === 'json' ? [sampleJson(found)] : found.map((each) => sampleText(each, globals.style));
  io.stdout.write(texts.join('\n'));
  const statuses = found.flatMap((each) => judgeSample(each).map(({ status }) => status));
  if (statuses.includes('broken')) return EXIT.finding;
  const isOpen = statuses.includes('open') || found.some(({ stopped }) => stopped !== undefined);
  return isOpen ? EXIT.inconclusive : EXIT.fine;
}

/** The runs of one scenario; nothing where somebody interrupted before there was something to tell. */
async function played(
  each: Repeated,
  shard: Shard | undefined,
  options: ManyOptions,
  lent: Lent,
): Promise<SampledRuns | undefined> {
  const { runs = MOST_RUNS, until, seed = '1' } = options;
  const span = shard ? spanOf({ ...shard, runs }) : { from: 1, to: runs };
  if (span.to < span.from) throw new Unusable(`${runs} runs can't be shared out among ${shard!.of} parts; say fewer.`);
  const series = new Series(each.world, span, until);
  const interrupted = await new Game(each, series, seed, options, lent).play();
  const of = sampledOf(each.world, seed, each.replay);
  if (interrupted && (shard || series.runs === 0)) {
    lent.io.stderr.write(
      `teamc: interrupted after ${series.runs} of ${series.most} runs; ${shard ? 'a part must be whole' : 'there is nothing to tell yet'}.\n`,
    );
    return undefined;
  }
  return {
    of: until === undefined ? of : { ...of, until },
    sample: series.sample(),
    ...(until === undefined ? {} : { decided: series.decided }),
    ...(interrupted ? { stopped: `an interrupt after ${series.runs} of ${series.most} runs` } : {}),
  };
}

/** From this time on that is left, in milliseconds, more threads are worth their start. */
const WORTH = 1500;

/** The runs of one scenario, while they are played: by this thread, and by others if that was asked for or pays. */
class Game {
  readonly #each: Repeated;
  readonly #series: Series;
  readonly #seed: string;
  readonly #options: ManyOptions;
  readonly #lent: Lent;
  readonly #line: StatusLine;
  readonly #start = performance.now();
  readonly #others: Player[] = [];
  readonly #playing: Promise<void>[] = [];
  #interrupted = false;
  #failure: unknown;

  constructor(each: Repeated, series: Series, seed: string, options: ManyOptions, lent: Lent) {
    this.#each = each;
    this.#series = series;
    this.#seed = seed;
    this.#options = options;
    this.#lent = lent;
    this.#line = new StatusLine(lent.io, lent.globals.quiet);
  }

  /** Plays until there are enough; true if somebody interrupted before. */
  async play(): Promise<boolean> {
    const release = this.#lent.io.onInterrupt?.(() => {
      this.#interrupted = true;
      this.#wake();
    });
    const { jobs } = this.#options;
    const local = localPlayer(this.#each.world, this.#seed, () => this.#look());
    try {
      if (jobs !== undefined) this.#hire(jobs - 1);
      await this.#playAs(local);
      await Promise.race([Promise.all(this.#playing), this.#woken]);
      if (this.#failure !== undefined) throw this.#failure;
    } finally {
      release?.();
      this.#line.clear();
      for (const other of this.#others) other.dismiss();
    }
    return this.#interrupted && !this.#series.isDone;
  }

  /** Nobody waits for the others any longer. */
  #wake = (): void => {};
  readonly #woken = new Promise<void>((resolve) => {
    this.#wake = resolve;
  });

  async #playAs(player: Player): Promise<void> {
    for (let span = this.#series.next(); span && this.#goesOn; span = this.#series.next()) {
      const found = await player.play(span);
      if (found.runs === span.to - span.from + 1) this.#series.add(span, found);
      if (!this.#look()) this.#wake();
    }
  }

  get #goesOn(): boolean {
    return !this.#interrupted && this.#failure === undefined && !this.#series.isDone;
  }

  #hire(count: number): void {
    if (!hasWorkers()) return;
    const { played: own, words } = this.#each;
    const order = {
      cwd: this.#lent.globals.disk.root,
      words,
      target: this.#options.target,
      seed: this.#seed,
      sources: sourcesOf([own]),
    };
    for (let number = 0; number < count; number++) {
      const player = workerPlayer(order);
      this.#others.push(player);
      const playing = this.#playAs(player).catch((error: unknown) => {
        this.#failure = error;
        this.#wake();
      });
      this.#playing.push(playing);
    }
  }

  /** Shows how far it is, and has others help where that pays; false where the runs that are being played are of no use any more. */
  #look(): boolean {
    const { runs, most } = this.#series;
    const passed = performance.now() - this.#start;
    const left = (passed / Math.max(1, runs)) * (most - runs);
    if (runs > 0)
      this.#line.show(progressText(runs, most, passed, this.#options.until === undefined ? left : undefined));
    if (this.#options.jobs === undefined && this.#others.length === 0 && runs > 0 && left > WORTH)
      this.#hire(availableParallelism() - 1);
    return this.#goesOn;
  }
}

function progressText(runs: number, most: number, passed: number, left: number | undefined): string {
  const rate = Math.round((runs / Math.max(1, passed)) * 1000);
  const rest = left === undefined ? '' : `, ${Math.ceil(left / 1000)}s left`;
  return `${runs} of ${left === undefined ? 'at most ' : ''}${most} runs, ${rate} a second${rest}`;
}
