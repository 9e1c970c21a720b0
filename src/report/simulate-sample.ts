import { Chalk, type ChalkInstance } from 'chalk';
import { isWithin } from '../simulate/conditions.ts';
import type { Sample, Tally } from '../simulate/sample.ts';
import { normalQuantile, quantile, quantileInterval, wilson } from '../simulate/statistics.ts';
import type { World } from '../simulate/world.ts';
import type { Expectation } from '../team/scenario.ts';
import type { Style } from './result.ts';
import { costText, percentText, spanText } from './simulate-time.ts';
import { count } from './summary.ts';
import { visible } from './visible.ts';

/** Many runs of one scenario, and the words that replay one of them. */
export interface SampledRuns {
  readonly world: World;
  readonly sample: Sample;
  /** The command line that plays one run again, given its number. */
  readonly replay: (run: number) => string;
}

/** Whether many runs keep an expectation: the interval decides, and where it holds the bound nothing is decided. */
export interface Judgement {
  readonly expectation: Expectation;
  readonly status: 'kept' | 'broken' | 'open';
  readonly why: string;
  readonly shortest?: number;
}

/** Holds many runs to what is expected: `never`, `eventually` and `count` of every run, shares and utilization of all together. */
export function judgeSample({ world, sample }: SampledRuns): readonly Judgement[] {
  return world.scenario.expectations.map((expectation, at) => {
    const tally = sample.tallies[at]!;
    const verdict =
      expectation.kind === 'share' || expectation.kind === 'utilization'
        ? ofAll(expectation, tally, sample.runs)
        : ofEach(tally, sample.runs);
    return { expectation, ...verdict, ...(tally.shortest ? { shortest: tally.shortest.run } : {}) };
  });
}

function ofEach({ kept, broken, open }: Tally, runs: number): Omit<Judgement, 'expectation'> {
  if (broken > 0)
    return { status: 'broken', why: `${count(broken, 'run')} of ${runs} ${broken === 1 ? 'breaks' : 'break'} it` };
  if (open > 0) return { status: 'open', why: `${open} of ${runs} runs were stopped before they could tell` };
  return { status: 'kept', why: `in all ${kept} runs` };
}

function ofAll(
  expectation: Extract<Expectation, { kind: 'share' | 'utilization' }>,
  tally: Tally,
  runs: number,
): Omit<Judgement, 'expectation'> {
  const { confidence, bounds } = expectation;
  const mean = tally.sum / runs;
  const spread =
    normalQuantile(1 - (1 - confidence) / 2) * Math.sqrt(Math.max(0, tally.squares / runs - mean * mean) / runs);
  const { low, high } =
    expectation.kind === 'share' ? wilson(tally.sum, runs, confidence) : { low: mean - spread, high: mean + spread };
  const why = `${percentText(mean)}, between ${percentText(low)} and ${percentText(high)} with ${percentText(confidence)} confidence`;
  const all = bounds.every(([name, bound]) => isWithin(low, name, bound) && isWithin(high, name, bound));
  const none = bounds.some(([name, bound]) => !isWithin(low, name, bound) && !isWithin(high, name, bound));
  return { status: all ? 'kept' : none ? 'broken' : 'open', why: all || none ? why : `${why}; more runs would tell` };
}

/** How many failure chains are shown. */
const SHOWN = 5;

/** What many runs come to, for people: how they end, how long and dear they are, who is busy, what goes wrong most often. */
export function sampleText(sampled: SampledRuns, { color }: Style): string {
  const paint = new Chalk({ level: color });
  const { world, sample } = sampled;
  const title = world.scenario.name === undefined ? '' : `${world.scenario.name}. `;
  return `${[
    paint.bold(visible(`${title}${world.team.name} is asked: ${world.scenario.request.text}`)),
    `Played ${count(sample.runs, 'time')} with seed ${sample.seed}${world.rules.target === 'ideal' ? '' : ` under the rules of ${world.rules.target}`}; nothing is executed.`,
    '',
    ...outcomeLines(sample, paint),
    `${paint.bold('time'.padEnd(12))}${quantileText(sample.times, spanText)}`,
    `${paint.bold('cost'.padEnd(12))}${quantileText(sample.costs, costText)}`,
    `${paint.bold('busy'.padEnd(12))}${
      sample.utilization
        .slice(0, SHOWN)
        .map(([role, share]) => `${role} ${percentText(share)}`)
        .join(', ') || 'nobody'
    }`,
    ...chainLines(sampled, paint),
    ...expectationLines(sampled, paint),
  ].join('\n')}\n`;
}

function outcomeLines({ outcomes, runs }: Sample, paint: ChalkInstance): readonly string[] {
  return [...outcomes]
    .sort((a, b) => b[1] - a[1])
    .map(([name, number], at) => {
      const { low, high } = wilson(number, runs);
      const head = paint.bold((at === 0 ? 'outcome' : '').padEnd(12));
      return `${head}${name === 'escalated' ? 'settled by a person' : name} ${percentText(number / runs)} (${percentText(low)} to ${percentText(high)})`;
    });
}

function quantileText(sorted: readonly number[], write: (value: number) => string): string {
  return [0.5, 0.9, 0.99]
    .map((share) => {
      const { low, high } = quantileInterval(sorted, share);
      return `${share === 0.5 ? 'half' : percentText(share)} within ${write(quantile(sorted, share))} (${write(low)} to ${write(high)})`;
    })
    .join(', ');
}

function chainLines({ sample, replay }: SampledRuns, paint: ChalkInstance): readonly string[] {
  if (sample.chains.length === 0) return [];
  const rest = sample.chains.length - SHOWN;
  return [
    '',
    paint.bold('what goes wrong most often'),
    ...sample.chains
      .slice(0, SHOWN)
      .flatMap(({ text, runs, first }) => [
        `  ${percentText(runs / sample.runs).padStart(6)}  ${visible(text)}`,
        paint.dim(`          ${visible(replay(first))}`),
      ]),
    ...(rest > 0 ? [`          and ${count(rest, 'other chain')}`] : []),
  ];
}

function expectationLines(sampled: SampledRuns, paint: ChalkInstance): readonly string[] {
  const judged = judgeSample(sampled);
  if (judged.length === 0) return [];
  const signs = { kept: paint.green('✓ kept  '), broken: paint.red('✗ broken'), open: paint.yellow('? open  ') };
  return [
    '',
    ...judged.flatMap(({ expectation, status, why, shortest }) => [
      `${signs[status]} ${visible(expectation.name)}: ${visible(why)}`,
      ...(shortest === undefined
        ? []
        : [paint.dim(`           its shortest run: ${visible(sampled.replay(shortest))}`)]),
    ]),
  ];
}

/** The same for programs. */
export function sampleJson(sampled: readonly SampledRuns[]): string {
  return `${JSON.stringify({ version: 1, samples: sampled.map(jsonOf) }, undefined, 2)}\n`;
}

function jsonOf(sampled: SampledRuns): object {
  const { world, sample, replay } = sampled;
  const { seed, runs, outcomes, times, costs, utilization, chains } = sample;
  const shares = [...outcomes].map(([name, number]) => [
    name,
    { runs: number, share: number / runs, ...wilson(number, runs) },
  ]);
  return {
    request: world.scenario.request.text,
    team: world.team.name,
    target: world.rules.target,
    seed,
    runs,
    outcomes: Object.fromEntries(shares),
    time: quantilesOf(times),
    cost: quantilesOf(costs),
    utilization: Object.fromEntries(utilization),
    chains: chains.map((chain) => ({ ...chain, replay: replay(chain.first) })),
    expectations: judgeSample(sampled).map(({ expectation: { name }, status, why, shortest }) => ({
      name,
      status,
      why,
      ...(shortest === undefined ? {} : { replay: replay(shortest) }),
    })),
  };
}

function quantilesOf(sorted: readonly number[]): object {
  const each = [0.5, 0.9, 0.99].map((share) => [
    `p${share * 100}`,
    { value: quantile(sorted, share), ...quantileInterval(sorted, share) },
  ]);
  return Object.fromEntries(each);
}
