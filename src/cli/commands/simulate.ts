import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { prettyReport } from '../../report/pretty.ts';
import { simulateHtml } from '../../report/simulate/simulate-html.ts';
import { simulateJson } from '../../report/simulate/simulate-json.ts';
import { simulateJsonl } from '../../report/simulate/simulate-jsonl.ts';
import { simulateJunit } from '../../report/simulate/simulate-junit.ts';
import { simulateMermaid } from '../../report/simulate/simulate-mermaid.ts';
import { simulateOtlp } from '../../report/simulate/simulate-otlp.ts';
import { type PairedRuns, pairedJson, pairedText } from '../../report/simulate/simulate-paired.ts';
import type { PlayedRun } from '../../report/simulate/simulate-result.ts';
import { simulateTree } from '../../report/simulate/simulate-tree.ts';
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
import { isRecording, type Recording, readRecording, recordingText } from '../../simulate/recording.ts';
import { rulebook } from '../../simulate/rulebook.ts';
import { summarize } from '../../simulate/summary.ts';
import { type World, worldOf } from '../../simulate/world.ts';
import type { Target } from '../../target/target.ts';
import { packageVersion } from '../../workspace/package.ts';
import { choice } from '../choice.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { type Globals, globalsOf } from '../globals.ts';
import type { Io } from '../io.ts';
import { checkCompare, otherVersion } from '../simulate/compare.ts';
import { addSearchOptions, checkSearch, type SearchOptions, searchAll } from '../simulate/exhaustive.ts';
import { forks, playForked } from '../simulate/forks.ts';
import { type Played, playsOf, targetNamed } from '../simulate/input.ts';
import { DEFAULT_MAX_COST, DEFAULT_TIMEOUT, playLive } from '../simulate/live.ts';
import { addManyOptions, asksForMany, type ManyOptions, MOST_RUNS, playMany, upTo } from '../simulate/many.ts';
import { mergeCommand } from '../simulate/merge.ts';
import { playInWorker } from '../simulate/worker.ts';
import { Unusable } from '../unusable.ts';

interface Options extends SearchOptions, ManyOptions {
  readonly run?: number;
  readonly record?: string;
  readonly replay?: string;
  readonly live?: true;
  readonly model?: string;
  readonly maxCost?: number;
  readonly timeout?: number;
  readonly fork?: ReadonlyMap<string, string>;
  readonly compare?: string;
  readonly format: 'tree' | 'jsonl' | 'json' | 'junit' | 'mermaid' | 'html' | 'otlp';
}

const AFTER = `
No command is ever executed: tools answer as the scenario says, or well. Without a scenario the request goes where the
team's edges lead it, and everything that is most likely happens. With --seed chance decides, and the same seed decides
the same way again; with --runs many runs are played and counted. A scenario is a YAML file with a request and the world
that it meets; it belongs to the team that it names, else to the one above it.

Exit code 1 where an expectation of a scenario is broken, 2 where the input can't be used, and 3 where a limit stopped a
run, or more runs would be needed, before an answer.

Examples:
  teamc simulate "Add OAuth2 login"                          the team in this folder or above it
  teamc simulate teams/service-studio "Add OAuth2 login" --target opencode
  teamc simulate teams/service-studio/scenarios/*.yaml       scenarios, with what they expect
  teamc simulate scenarios/login.yaml --runs 1000 --seed 7   how often, how long, how dear; what goes wrong most often
  teamc simulate scenarios/login.yaml --until 1%             as many runs as it takes to know shares to within 1%
  teamc simulate scenarios/login.yaml --runs 100000 --shard 2/4 > part-2.json
                                                             a part, on one of four machines
  teamc simulate merge part-*.json                           the parts together: what one run of the command gives
  teamc simulate scenarios/login.yaml --seed 7 --run 13      one of those runs
  teamc simulate scenarios/login.yaml --record run.jsonl     keep its choices, and later --replay run.jsonl
  teamc simulate teams/service-studio "Add OAuth2 login" --live --max-cost 0.50 --record run.jsonl
                                                             Claude decides; the recording replays offline
  teamc simulate scenarios/login.yaml --fork task:login/try:1/outcome=timeout
                                                             the same run, with one choice changed
  teamc simulate scenarios/login.yaml --compare main --runs 1000
                                                             what this branch changes, with the same draws
  teamc simulate scenarios/login.yaml --exhaustive --faults 2
                                                             can it go wrong at all? proof, or the shortest run
  teamc simulate "Add a login" --format mermaid              a sequence diagram; also jsonl, json, junit and otlp
  teamc simulate "Add a login" --format html > run.html      a page to play and step through, which opens offline`;

/** `teamc simulate`: how a request goes through the team, without running anything. */
export function simulateCommand(io: Io, exit: (code: ExitCode) => void): Command {
  return addSearchOptions(addManyOptions(new Command('simulate')))
    .description(
      'how a request goes through the team: who gets it and why, what is refused, what fails, who it climbs to',
    )
    .usage('[options] [TEAM] "REQUEST" | SCENARIO...')
    .argument('[what...]', 'a team and a request in quotes, or scenario files')
    .option(
      '-t, --target <name>',
      "the platform whose rules hold (default: the scenario's, else the team's own meaning)",
    )
    .option('--seed <seed>', 'let chance decide, from this seed', said('--seed'))
    .option('--run <n>', 'which run of the seed to play (default: 1, of seed 1)', upTo('--run', MOST_RUNS))
    .option('--record <file>', "write the run's choices to a file")
    .option('--replay <file>', 'give the choices of a recording; exit 1 at the first difference')
    .option('--fork <key=value>', 'with one choice changed; may be given several times', forks)
    .option('--compare <ref>', 'play a git revision, or a team or scenario at a path, with the same draws')
    .option('--live', 'let Claude decide for each role, with its prompt (needs ANTHROPIC_API_KEY)')
    .option('--model <name>', "with --live: a model for all roles (default: each role's own)")
    .option(
      '--max-cost <dollars>',
      `with --live: stop at this cost (default: ${DEFAULT_MAX_COST})`,
      positive('--max-cost'),
    )
    .option(
      '--timeout <seconds>',
      `with --live: how long the service may be silent (default: ${DEFAULT_TIMEOUT})`,
      positive('--timeout'),
    )
    .addOption(
      choice('-f, --format <format>', 'how to report', [
        'tree',
        'jsonl',
        'json',
        'junit',
        'mermaid',
        'html',
        'otlp',
      ]).default('tree'),
    )
    .addHelpText('after', AFTER)
    .addCommand(mergeCommand(io, exit))
    .action(async (words: string[], options: Options, command: Command) => {
      const cwd = resolve(io.cwd, command.optsWithGlobals<{ cwd?: string }>().cwd ?? '.');
      exit(await new Simulate(options, globalsOf(command, io), io, cwd).run(words));
    });
}

/** Takes any text but none, as an unset variable of a shell leaves it. */
function said(name: string): (given: string) => string {
  return (given) => {
    if (given !== '') return given;
    throw new Unusable(`${name} is empty.`);
  };
}

function positive(name: string): (given: string) => number {
  return (given) => {
    if (/^\d{1,6}(?:\.\d{1,6})?$/.test(given) && Number(given) > 0) return Number(given);
    throw new Unusable(`${name} takes a number above zero, not "${given}".`);
  };
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
  readonly #options: Options;
  readonly #globals: Globals;
  readonly #io: Io;
  readonly #cwd: string;

  constructor(options: Options, globals: Globals, io: Io, cwd: string) {
    this.#cwd = cwd;
    this.#options = options;
    this.#globals = globals;
    this.#io = io;
  }

  run(words: readonly string[]): ExitCode | Promise<ExitCode> {
    const { record, replay, run, seed, live, exhaustive } = this.#options;
    this.#checkLive();
    checkSearch(this.#options);
    const { compare, fork, format, until, jobs, shard } = this.#options;
    checkCompare(compare, format, [run, record, replay, fork, exhaustive, live, until, jobs, shard]);
    const isMany = asksForMany(this.#options);
    if (isMany && (record ?? replay ?? run) !== undefined)
      throw new Unusable('--runs plays many runs; --run, --record and --replay are about one.');
    if (replay !== undefined && (seed ?? run) !== undefined)
      throw new Unusable('--replay takes the choices of a recording, and --seed takes its own; use one of them.');
    const plays = playsOf(this.#globals.disk, words);
    if (plays.length > 1) this.#checkSeveral();
    if (record !== undefined) this.#checkRecord(record);
    const broken = plays.filter(({ problems }) => problems.some(({ severity }) => severity === 'error'));
    if (broken.length > 0) return this.#tell(broken);
    if (live) return this.#live(plays, words);
    if (compare !== undefined) return this.#compare(plays, words, compare);
    if (exhaustive) return this.#exhaustive(plays, words);
    return isMany ? this.#many(plays, words) : this.#single(plays, words);
  }

  /** Options that can't be shared by several scenarios. */
  #checkSeveral(): void {
    const { record, replay, format } = this.#options;
    if ((record ?? replay) !== undefined)
      throw new Unusable('--record and --replay are about one run; name one scenario.');
    if (format === 'mermaid')
      throw new Unusable('A Mermaid file holds one diagram; name one scenario, or choose html for several.');
  }

  /** Options that contradict each other, as far as a live run is concerned. */
  #checkLive(): void {
    const { live, runs, until, replay, exhaustive, fork, model, maxCost, timeout } = this.#options;
    if (live && (runs ?? until ?? replay ?? exhaustive ?? fork) !== undefined)
      throw new Unusable(
        '--live plays one run with Claude; --runs, --until, --replay, --exhaustive and --fork play without.',
      );
    if (!live && (model ?? maxCost ?? timeout) !== undefined)
      throw new Unusable('--model, --max-cost and --timeout are about --live.');
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
      quoted,
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
        if (record !== undefined) this.#write({ ...base, turns: true }, picks, record);
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
    this.#report(runs);
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
      const { choices, live } = this.#recording(replay, base);
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
    const { live, choices } = this.#recording(replay, world);
    if (live) throw new Unusable('--fork changes what chance decides; in a live recording Claude did.');
    return keyedMind(choices);
  }

  #mind(): Mind {
    const { seed, run } = this.#options;
    return seed === undefined && run === undefined ? rulesMind : seededMind(seed ?? '1', run ?? 1);
  }

  #recording(path: string, { team, scenario, rules }: World): Recording {
    const text = this.#globals.disk.text(this.#globals.disk.path(path));
    if (typeof text !== 'string') throw new Unusable(`The recording "${path}" can't be read: it ${text.because}.`);
    const recording = readRecording(text);
    if (typeof recording === 'string') throw new Unusable(`"${path}" can't be replayed: ${recording}.`);
    const other =
      recording.team !== team.name
        ? `of the team "${recording.team}", not "${team.name}"`
        : recording.request !== scenario.request.text
          ? `of the request "${recording.request}"`
          : recording.target !== rules.target
            ? `under the rules of ${recording.target}, not ${rules.target}; say --target ${recording.target}`
            : undefined;
    if (other !== undefined) throw new Unusable(`"${path}" is a recording ${other}.`);
    return recording;
  }

  /** A recording may take the place of another one, and of nothing else: a slip of the hand must not cost a team. */
  #checkRecord(path: string): void {
    const { disk } = this.#globals;
    const text = disk.kind(disk.path(path)) === 'file' ? disk.text(disk.path(path)) : '';
    if (text === '' || (typeof text === 'string' && isRecording(text))) return;
    throw new Unusable(`"${path}" is there already and is no recording; choose another name.`);
  }

  #write(world: World, picks: Run['picks'], path: string): void {
    const failure = this.#globals.disk.write(path, recordingText(world, picks));
    if (failure !== undefined) throw new Unusable(`The recording can't be written to "${path}": it ${failure}.`);
  }

  #record({ world, run }: PlayedRun, path: string, words: readonly string[]): void {
    this.#write(world, run.picks, path);
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

  #report(runs: readonly PlayedRun[]): void {
    const { format } = this.#options;
    const { style } = this.#globals;
    const write = (text: string): void => this.#io.stdout.write(text);
    if (format === 'json') write(simulateJson(runs));
    else if (format === 'junit') write(simulateJunit(runs));
    else if (format === 'html') write(simulateHtml(runs));
    else if (format === 'otlp') write(simulateOtlp(runs));
    else if (format === 'jsonl') for (const run of runs) write(simulateJsonl(run));
    else if (format === 'mermaid') for (const run of runs) write(simulateMermaid(run));
    else write(runs.map((run) => simulateTree(run, style)).join('\n'));
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

/** A word as a shell takes it back. */
function quoted(word: string): string {
  return /^[\w./@:=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
