import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { prettyReport } from '../../report/pretty.ts';
import { type PairedRuns, pairedJson, pairedText } from '../../report/simulate/simulate-paired.ts';
import type { PlayedRun } from '../../report/simulate/simulate-result.ts';
import { visible } from '../../report/visible.ts';
import type { Choice, Mind } from '../../simulate/choice.ts';
import { judge } from '../../simulate/expectations.ts';
import { keyedMind } from '../../simulate/minds/forked.ts';
import { Divergence, replayMind } from '../../simulate/minds/replay.ts';
import { rulesMind } from '../../simulate/minds/rules.ts';
import { seededMind } from '../../simulate/minds/seeded.ts';
import { compareRuns } from '../../simulate/paired.ts';
import { play, type Run } from '../../simulate/play.ts';
import { replayTurns } from '../../simulate/play-turns.ts';
import { rulebook } from '../../simulate/rulebook.ts';
import { summarize } from '../../simulate/summary.ts';
import { type World, worldOf } from '../../simulate/world.ts';
import type { Target } from '../../target/target.ts';
import { packageVersion } from '../../workspace/package.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type Globals, globalsOf } from '../globals.ts';
import type { Io } from '../io.ts';
import { quoted } from '../quoted.ts';
import { otherVersion } from '../simulate/compare.ts';
import { searchAll } from '../simulate/exhaustive.ts';
import { playForked } from '../simulate/forks.ts';
import { formatRuns } from '../simulate/formats.ts';
import { type Played, playsOf, targetNamed } from '../simulate/input.ts';
import { DEFAULT_MAX_COST, DEFAULT_TIMEOUT, playLive } from '../simulate/live.ts';
import { playMany } from '../simulate/many.ts';
import { mergeCommand } from '../simulate/merge.ts';
import { AFTER, addOptions, checkOptions, checkSeveral, type SimulateOptions } from '../simulate/options.ts';
import { checkRecord, recordingAt, writeRecording } from '../simulate/recordings.ts';
import { playInWorker } from '../simulate/worker.ts';
import { Unusable } from '../unusable.ts';

/** `teamc simulate`: how a request goes through the team, without running anything. */
export function simulateCommand(io: Io, exit: (code: ExitCode) => void): Command {
  return addOptions(new Command('simulate'))
    .description(
      'how a request goes through the team: who gets it and why, what is refused, what fails, who it climbs to',
    )
    .usage('[options] [TEAM] "REQUEST" | SCENARIO...')
    .argument('[what...]', 'a team and a request in quotes, or scenario files')
    .addHelpText('after', AFTER)
    .addCommand(mergeCommand(io, exit))
    .action(async (words: string[], options: SimulateOptions, command: Command) => {
      const cwd = resolve(io.cwd, command.optsWithGlobals<{ cwd?: string }>().cwd ?? '.');
      exit(await new Simulate(options, globalsOf(command, io), io, cwd).run(words));
    });
}

/** How many runs a comparison plays when nobody says how many. */
const COMPARED_RUNS = 1000;

/**
 * What the worker threads of the command do.
 * @public They load this file for it.
 */
export function simulateInThread(): void {
  playInWorker();
}

/** One run of the command. */
class Simulate {
  readonly #options: SimulateOptions;
  readonly #globals: Globals;
  readonly #io: Io;
  readonly #cwd: string;

  constructor(options: SimulateOptions, globals: Globals, io: Io, cwd: string) {
    this.#cwd = cwd;
    this.#options = options;
    this.#globals = globals;
    this.#io = io;
  }

  run(words: readonly string[]): ExitCode | Promise<ExitCode> {
    const { record, live, exhaustive, compare } = this.#options;
    const ways = checkOptions(this.#options);
    const plays = playsOf(this.#globals.disk, words);
    if (plays.length > 1) checkSeveral(this.#options);
    if (record !== undefined) checkRecord(record, this.#globals.disk);
    const broken = plays.filter(({ problems }) => problems.some(({ severity }) => severity === 'error'));
    if (broken.length > 0) return this.#tell(broken);
    if (live) return this.#live(plays, words);
    if (compare !== undefined) return this.#compare(plays, words, compare);
    if (exhaustive) return this.#exhaustive(plays, words);
    return ways === 'many' ? this.#many(plays, words) : this.#single(plays, words);
  }

  /** All runs there are. */
  #exhaustive(plays: readonly Played[], words: readonly string[]): Promise<ExitCode> {
    const { record } = this.#options;
    const all = plays.map((played) => ({
      played,
      world: this.#world(played),
      lineWith: (options: string) => this.#line(played.path === undefined ? words : [played.path], options),
    }));
    return searchAll(all, this.#options, {
      globals: this.#globals,
      io: this.#io,
      judged: (played, world, run) => this.#judged(played, world, run),
      keep: (run) => {
        if (record === undefined) return;
        if (run) this.#record(run, record, words);
        else this.#io.stderr.write('teamc: nothing is recorded: no run breaks an expectation.\n');
      },
    });
  }

  #world({ team, scenario }: Played): World {
    if (team.team.roles.size === 0) throw new Unusable(`The team "${team.team.name}" has no roles to play with.`);
    return worldOf(team.team, scenario, rulebook(this.#target(scenario)));
  }

  #target({ target }: Played['scenario']): Target | undefined {
    return targetNamed(this.#options.target ?? target);
  }

  /** One run in which Claude decides. What was played so far counts, whatever ends it. */
  async #live(plays: readonly Played[], words: readonly string[]): Promise<ExitCode> {
    const [each, ...more] = plays;
    if (!each || more.length > 0) throw new Unusable('--live plays one run; name one scenario.');
    const { record, model, maxCost = DEFAULT_MAX_COST, timeout = DEFAULT_TIMEOUT } = this.#options;
    const base = this.#world(each);
    const settings = {
      target: this.#target(each.scenario),
      ...(model === undefined ? {} : { model }),
      maxCost,
      timeout,
      quiet: this.#globals.quiet,
      choose: (choice: Choice) => this.#mind().pick(choice),
      keep: (picks: Run['picks']) => {
        if (record !== undefined) writeRecording(record, this.#globals.disk, { ...base, turns: true }, picks);
      },
    };
    const { world, run, trouble } = await playLive(base, each, settings, this.#io);
    if (trouble) this.#io.stderr.write(`teamc: ${trouble.because}\n`);
    if (trouble?.kind === 'service' && run.picks.length < 2) return EXIT.unusable;
    return this.#finish([this.#judged(each, world, run)], words);
  }

  #single(plays: readonly Played[], words: readonly string[]): ExitCode {
    const played = plays.map((each) => this.#play(each));
    return played.includes(undefined) ? EXIT.finding : this.#finish(played as readonly PlayedRun[], words);
  }

  /** Reports runs, and says how they ended. */
  #finish(runs: readonly PlayedRun[], words: readonly string[]): ExitCode {
    this.#io.stdout.write(formatRuns(runs, this.#options.format, this.#globals.style));
    const { record } = this.#options;
    if (record !== undefined) this.#record(runs[0]!, record, words);
    const statuses = runs.flatMap(({ verdicts }) => verdicts.map(({ status }) => status));
    if (statuses.includes('broken')) return EXIT.finding;
    return runs.some(({ run }) => run.over.kind === 'limit') ? EXIT.inconclusive : EXIT.fine;
  }

  /** One run, with the mind that the options name. Nothing where it takes another way than its recording. */
  #play(each: Played): PlayedRun | undefined {
    const base = this.#world(each);
    const { replay, fork } = this.#options;
    try {
      if (fork) return this.#judged(each, base, playForked(base, this.#forkable(base), fork));
      if (replay === undefined) return this.#judged(each, base, play(base, this.#mind()));
      const { choices, live } = recordingAt(replay, this.#globals.disk, base);
      const world = { ...base, turns: live };
      const mind = replayMind(choices);
      const run = live ? replayTurns(world, mind) : play(world, mind);
      if (mind.rest() > 0)
        throw new Divergence(
          `The run ends, and the recording has ${mind.rest()} more choices: the team or the scenario has changed.`,
        );
      return this.#judged(each, world, run);
    } catch (error) {
      if (!(error instanceof Divergence)) throw error;
      this.#io.stderr.write(`${visible(`teamc: ${error.message.replaceAll('\n', ' ')}`)}\n`);
      return undefined;
    }
  }

  #judged({ documents, path }: Played, world: World, run: Run): PlayedRun {
    const { seed, run: number, replay } = this.#options;
    const isDrawn = replay === undefined && (seed ?? number) !== undefined;
    return {
      world,
      run,
      summary: summarize(world, run),
      verdicts: judge(world, run),
      documents,
      ...(path === undefined ? {} : { path }),
      ...(isDrawn ? { draw: { seed: seed ?? '1', run: number ?? 1 } } : {}),
    };
  }

  /** Answers for a run of which some choices are changed. */
  #forkable(world: World): Mind {
    const { replay } = this.#options;
    if (replay === undefined) return this.#mind();
    const { live, choices } = recordingAt(replay, this.#globals.disk, world);
    if (live) throw new Unusable('--fork changes what chance decides; in a live recording Claude did.');
    return keyedMind(choices);
  }

  #mind(): Mind {
    const { seed, run } = this.#options;
    return seed === undefined && run === undefined ? rulesMind : seededMind(seed ?? '1', run ?? 1);
  }

  #record({ world, run }: PlayedRun, path: string, words: readonly string[]): void {
    writeRecording(path, this.#globals.disk, world, run.picks);
    if (this.#globals.quiet) return;
    this.#io.stderr.write(`teamc: recorded; "${this.#line(words, `--replay ${quoted(path)}`)}" plays it again.\n`);
  }

  /** Two versions, run by run. */
  #compare(plays: readonly Played[], words: readonly string[], ref: string): ExitCode {
    const { seed = '1', runs = COMPARED_RUNS, format } = this.#options;
    const { disk, style } = this.#globals;
    const others = plays.map((each) => otherVersion(each, ref, disk, this.#cwd));
    const broken = others.filter(({ problems }) => problems.some(({ severity }) => severity === 'error'));
    if (broken.length > 0) return this.#tell(broken);
    const found = plays.map((each, at): PairedRuns => {
      const world = this.#world(each);
      const own = each.path === undefined ? words : [each.path];
      const paired = compareRuns(this.#world(others[at]!), world, seed, runs);
      return { world, paired, other: ref, replay: (run) => this.#line(own, `--seed ${quoted(seed)} --run ${run}`) };
    });
    const texts = format === 'json' ? [pairedJson(found)] : found.map((each) => pairedText(each, style));
    this.#io.stdout.write(texts.join('\n'));
    return EXIT.fine;
  }

  #many(plays: readonly Played[], words: readonly string[]): Promise<ExitCode> {
    const { seed = '1' } = this.#options;
    const all = plays.map((played) => {
      const own = played.path === undefined ? words : [played.path];
      const replay = this.#line(own, `--seed ${quoted(seed)} --run`);
      return { played, world: this.#world(played), words: own, replay };
    });
    return playMany(all, this.#options, { globals: this.#globals, io: this.#io });
  }

  /** The command line that plays the same with other options. */
  #line(words: readonly string[], options: string): string {
    const { target } = this.#options;
    const own = target === undefined ? '' : ` --target ${target}`;
    return `teamc simulate ${words.map(quoted).join(' ')}${own} ${options}`;
  }

  /** What is wrong with scenarios. */
  #tell(plays: readonly Played[]): ExitCode {
    const teams = plays.map(({ team, documents, problems, path = '' }) => ({
      loaded: { ...team, documents, ownFiles: new Set([path]) },
      path,
      diagnostics: problems as readonly Diagnostic[],
    }));
    this.#io.stdout.write(prettyReport({ teams, rules: [], version: packageVersion() }, this.#globals.style));
    return EXIT.unusable;
  }
}
