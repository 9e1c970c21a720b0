import type { Command } from 'commander';
import { choice } from '../choice.ts';
import { Unusable } from '../unusable.ts';
import { checkCompare } from './compare.ts';
import { addSearchOptions, checkSearch, type SearchOptions } from './exhaustive.ts';
import { forks } from './forks.ts';
import { DEFAULT_MAX_COST, DEFAULT_TIMEOUT } from './live.ts';
import { addManyOptions, asksForMany, type ManyOptions, MOST_RUNS, upTo } from './many.ts';

/** The options of `simulate`, as Commander reads them. */
export interface SimulateOptions extends SearchOptions, ManyOptions {
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

/** What the help says below the options. */
export const AFTER = `
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

/** Adds all options to the command. */
export function addOptions(command: Command): Command {
  return addSearchOptions(addManyOptions(command))
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
    );
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

/** How the options want to be played. Fails in one sentence where they contradict each other. */
export function checkOptions(options: SimulateOptions): 'many' | 'one' {
  const { record, replay, run, seed, live, exhaustive, compare, fork, format, until, jobs, shard } = options;
  checkLive(options);
  checkSearch(options);
  checkCompare(compare, format, [run, record, replay, fork, exhaustive, live, until, jobs, shard]);
  const isMany = asksForMany(options);
  if (isMany && (record ?? replay ?? run) !== undefined)
    throw new Unusable('--runs plays many runs; --run, --record and --replay are about one.');
  if (replay !== undefined && (seed ?? run) !== undefined)
    throw new Unusable('--replay takes the choices of a recording, and --seed takes its own; use one of them.');
  return isMany ? 'many' : 'one';
}

/** Fails where several scenarios can't share the options. */
export function checkSeveral({ record, replay, format }: SimulateOptions): void {
  if ((record ?? replay) !== undefined)
    throw new Unusable('--record and --replay are about one run; name one scenario.');
  if (format === 'mermaid')
    throw new Unusable('A Mermaid file holds one diagram; name one scenario, or choose html for several.');
}

/** Options that contradict each other, as far as a live run is concerned. */
function checkLive(options: SimulateOptions): void {
  const { live, runs, until, replay, exhaustive, fork, model, maxCost, timeout } = options;
  if (live && (runs ?? until ?? replay ?? exhaustive ?? fork) !== undefined)
    throw new Unusable(
      '--live plays one run with Claude; --runs, --until, --replay, --exhaustive and --fork play without.',
    );
  if (!live && (model ?? maxCost ?? timeout) !== undefined)
    throw new Unusable('--model, --max-cost and --timeout are about --live.');
}
