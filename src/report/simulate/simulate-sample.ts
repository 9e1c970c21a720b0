import { Chalk, type ChalkInstance } from 'chalk';
import { isWithin } from '../../simulate/conditions.ts';
import { type Sample, SCALE, type Tally } from '../../simulate/sample.ts';
import { normalQuantile, quantile, quantileInterval, wilson } from '../../simulate/statistics.ts';
import type { World } from '../../simulate/world.ts';
import type { Expectation, NumberBound } from '../../team/scenario.ts';
import { folded } from '../folded.ts';
import type { Style } from '../result.ts';
import { count } from '../summary.ts';
import { visible } from '../visible.ts';
import { costText, percentText, spanText } from './simulate-time.ts';

/** What runs are of: all that a report says besides what they come to, as data, so that parts of it can be kept in files. */
export interface Sampled {
  readonly team: string;
  readonly target: string;
  readonly request: string;
  /** What the scenario is called. */
  readonly name?: string;
  readonly seed: string;
  /** To how much shares were to be known, as a share. */
  readonly until?: number;
  /** Ids, in the order of the sample. */
  readonly roles: readonly string[];
  readonly expectations: readonly Claim[];
  /** The command line that plays one run again, but for its number. */
  readonly replay: string;
}

/** What is expected, as far as many runs are held to it. */
export interface Claim {
  readonly name: string;
  readonly kind: Expectation['kind'];
  readonly bounds: readonly NumberBound[];
  readonly confidence: number;
}

/** Many runs of one scenario. */
export interface SampledRuns {
  readonly of: Sampled;
  readonly sample: Sample;
  /** By expectation, what a sequential test said of a share. */
  readonly decided?: readonly ('kept' | 'broken' | undefined)[];
  /** What stopped the runs before their end. */
  readonly stopped?: string;
}

/** Says what the runs of a world are of. */
export function sampledOf({ team, rules, scenario, roles }: World, seed: string, replay: string): Sampled {
  return {
    team: team.name,
    target: rules.target,
    request: scenario.request.text,
    ...(scenario.name === undefined ? {} : { name: scenario.name }),
    seed,
    roles: roles.map(({ id }) => id),
    expectations: scenario.expectations.map((each) => ({
      name: each.name,
      kind: each.kind,
      bounds: 'bounds' in each ? each.bounds : [],
      confidence: 'confidence' in each ? each.confidence : 1,
    })),
    replay,
  };
}

/** Whether many runs keep an expectation: the interval decides, and where it holds the bound nothing is decided. */
export interface Judgement {
  readonly name: string;
  readonly status: 'kept' | 'broken' | 'open';
  readonly why: string;
  readonly shortest?: number;
}

/** Holds many runs to what is expected: `never`, `eventually` and `count` of every run, shares and utilization of all together. */
export function judgeSample({ of, sample, decided }: SampledRuns): readonly Judgement[] {
  return of.expectations.map((claim, at) => {
    const tally = sample.tallies[at]!;
    const isOfAll = claim.kind === 'share' || claim.kind === 'utilization';
    const verdict = isOfAll
      ? ofAll(claim, tally, sample.runs, decided && { of: decided[at] })
      : ofEach(tally, sample.runs);
    return { name: claim.name, ...verdict, ...(tally.shortest ? { shortest: tally.shortest.run } : {}) };
  });
}

type Judged = Pick<Judgement, 'status' | 'why'>;

function ofEach({ kept, broken, open }: Tally, runs: number): Judged {
  if (broken > 0)
    return { status: 'broken', why: `${count(broken, 'run')} of ${runs} ${broken === 1 ? 'breaks' : 'break'} it` };
  if (open > 0) return { status: 'open', why: `${open} of ${runs} runs were stopped before they could tell` };
  return { status: 'kept', why: `in all ${kept} runs` };
}

function ofAll(
  { kind, confidence, bounds }: Claim,
  tally: Tally,
  runs: number,
  decided?: { readonly of: 'kept' | 'broken' | undefined },
): Judged {
  const [sum, squares] = [tally.sum / SCALE, tally.squares / SCALE];
  const mean = sum / runs;
  const spread = normalQuantile(1 - (1 - confidence) / 2) * Math.sqrt(Math.max(0, squares / runs - mean * mean) / runs);
  const { low, high } = kind === 'share' ? wilson(sum, runs, confidence) : { low: mean - spread, high: mean + spread };
  const why = `${percentText(mean)}, between ${percentText(low)} and ${percentText(high)} with ${percentText(confidence)} confidence`;
  if (decided && kind === 'share')
    return decided.of
      ? { status: decided.of, why: `${why}, and by Wald's sequential test` }
      : { status: 'open', why: `${why}; more runs would tell` };
  const all = bounds.every(([name, bound]) => isWithin(low, name, bound) && isWithin(high, name, bound));
  const none = bounds.some(([name, bound]) => !isWithin(low, name, bound) && !isWithin(high, name, bound));
  return { status: all ? 'kept' : none ? 'broken' : 'open', why: all || none ? why : `${why}; more runs would tell` };
}

/** How many failure chains are shown. */
const SHOWN = 5;

/** What many runs come to, for people: how they end, how long and dear they are, who is busy, what goes wrong most often. */
export function sampleText(sampled: SampledRuns, style: Style): string {
  const paint = new Chalk({ level: style.color });
  const { of, sample } = sampled;
  const title = of.name === undefined ? '' : `${of.name}. `;
  const under = of.target === 'ideal' ? '' : ` under the rules of ${of.target}`;
  const text = [
    paint.bold(visible(`${title}${of.team} is asked: ${of.request}`)),
    `Played ${count(sample.runs, 'time')} with seed ${visible(of.seed)}${under}${untilText(of)}; nothing is executed.`,
    ...(sampled.stopped === undefined ? [] : [paint.yellow(`Stopped by ${sampled.stopped}.`)]),
    '',
    ...outcomeLines(sample, paint),
    `${paint.bold('time'.padEnd(12))}${quantileText(sample.times, spanText)}`,
    `${paint.bold('cost'.padEnd(12))}${quantileText(sample.costs, costText)}`,
    `${paint.bold('busy'.padEnd(12))}${
      busyRoles(sampled)
        .slice(0, SHOWN)
        .map(([role, share]) => `${role} ${percentText(share)}`)
        .join(', ') || 'nobody'
    }`,
    ...chainLines(sampled, paint),
    ...expectationLines(sampled, paint),
  ].join('\n');
  return `${folded(text, style)}\n`;
}

function untilText({ until }: Sampled): string {
  return until === undefined ? '' : `, until shares are known to ±${percentText(until)}`;
}

/** The mean share of its time that each role was at work, the busiest first. */
function busyRoles({ of, sample }: SampledRuns): readonly (readonly [role: string, share: number])[] {
  return of.roles
    .map((role, at) => [role, sample.used[at]! / SCALE / sample.runs] as const)
    .filter(([, share]) => share > 0)
    .sort((a, b) => b[1] - a[1]);
}

function outcomeLines({ outcomes, runs: all }: Sample, paint: ChalkInstance): readonly string[] {
  return outcomes.map(({ text, runs }, at) => {
    const { low, high } = wilson(runs, all);
    const head = paint.bold((at === 0 ? 'outcome' : '').padEnd(12));
    return `${head}${text === 'escalated' ? 'settled by a person' : text} ${percentText(runs / all)} (${percentText(low)} to ${percentText(high)})`;
  });
}

function quantileText(sorted: readonly number[], write: (value: number) => string): string {
  return [0.5, 0.9, 0.99]
    .map((share) => {
      const within = `${share === 0.5 ? 'half' : percentText(share)} within ${write(quantile(sorted, share))}`;
      const { low, high } = quantileInterval(sorted, share);
      if (low !== undefined && high !== undefined) return `${within} (${write(low)} to ${write(high)})`;
      if (low !== undefined) return `${within} (at least ${write(low)})`;
      return high === undefined ? within : `${within} (at most ${write(high)})`;
    })
    .join(', ');
}

function chainLines({ of, sample }: SampledRuns, paint: ChalkInstance): readonly string[] {
  if (sample.chains.length === 0) return [];
  const rest = sample.chains.length - SHOWN;
  return [
    '',
    paint.bold('what goes wrong most often'),
    ...sample.chains
      .slice(0, SHOWN)
      .flatMap(({ text, runs, first }) => [
        `  ${percentText(runs / sample.runs).padStart(6)}  ${visible(text)}`,
        paint.dim(`          ${visible(`${of.replay} ${first}`)}`),
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
    ...judged.flatMap(({ name, status, why, shortest }) => [
      `${signs[status]} ${visible(name)}: ${visible(why)}`,
      ...(shortest === undefined
        ? []
        : [paint.dim(`           its shortest run: ${visible(`${sampled.of.replay} ${shortest}`)}`)]),
    ]),
  ];
}

/** The same for programs. */
export function sampleJson(sampled: readonly SampledRuns[]): string {
  return `${JSON.stringify({ version: 1, samples: sampled.map(jsonOf) }, undefined, 2)}\n`;
}

function jsonOf(sampled: SampledRuns): object {
  const { of, sample } = sampled;
  const { runs, outcomes, times, costs, chains } = sample;
  const shares = outcomes.map(({ text, runs: own }) => [text, { runs: own, share: own / runs, ...wilson(own, runs) }]);
  return {
    request: of.request,
    team: of.team,
    target: of.target,
    seed: of.seed,
    runs,
    ...(of.until === undefined ? {} : { until: of.until }),
    ...(sampled.stopped === undefined ? {} : { stopped: sampled.stopped }),
    outcomes: Object.fromEntries(shares),
    time: quantilesOf(times),
    cost: quantilesOf(costs),
    utilization: Object.fromEntries(busyRoles(sampled)),
    chains: chains.map((chain) => ({ ...chain, replay: `${of.replay} ${chain.first}` })),
    expectations: judgeSample(sampled).map(({ name, status, why, shortest }) => ({
      name,
      status,
      why,
      ...(shortest === undefined ? {} : { replay: `${of.replay} ${shortest}` }),
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
