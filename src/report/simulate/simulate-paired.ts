import { Chalk } from 'chalk';
import type { Difference, Paired } from '../../simulate/paired.ts';
import type { World } from '../../simulate/world.ts';
import { folded } from '../folded.ts';
import type { Style } from '../result.ts';
import { count } from '../summary.ts';
import { visible } from '../visible.ts';
import { costText, percentText, spanText } from './simulate-time.ts';

/** Two versions of a team, or of a scenario, and how their runs differ. */
export interface PairedRuns {
  readonly world: World;
  readonly paired: Paired;
  /** What the other version is called. */
  readonly other: string;
  /** The command line that plays one run again, given its number. */
  readonly replay: (run: number) => string;
}

const WIDTHS = [10, 12, 12] as const;

/** What a change does, for people: each measure before and now, and the difference with its interval. */
export function pairedText({ world, paired, other, replay }: PairedRuns, style: Style): string {
  const paint = new Chalk({ level: style.color });
  const { seed, runs, differences, otherwise, first } = paired;
  const title = world.scenario.name === undefined ? '' : `${world.scenario.name}. `;
  const head = ['', 'before', 'now', 'difference, with 95% confidence']
    .map((text, at) => text.padEnd(WIDTHS[at] ?? 0))
    .join('');
  const text = [
    paint.bold(visible(`${title}${world.team.name} is asked: ${world.scenario.request.text}`)),
    `Played ${count(runs, 'time')} with seed ${seed}, as it is now and before (${visible(other)}), with the same draws; nothing is executed.`,
    '',
    paint.dim(head.trimEnd()),
    ...differences.map((each) => rowOf(each, paint.bold(each.name.padEnd(WIDTHS[0])))),
    '',
    otherwise === 0
      ? 'Every run ends as before, and keeps and breaks the same expectations.'
      : `${otherwise} of ${count(runs, 'run')} ${otherwise === 1 ? 'ends' : 'end'} otherwise, the first: ${visible(replay(first!))}`,
    ...noiseLines(differences),
  ].join('\n');
  return `${folded(text, style)}\n`;
}

function rowOf({ unit, before, now, mean, interval }: Difference, name: string): string {
  const cells = [before, now].map((value, at) => WRITE[unit](value).padEnd(WIDTHS[at + 1] ?? 0)).join('');
  const signed = (value: number): string => {
    const text = WRITE[unit](Math.abs(value));
    return text === WRITE[unit](0) ? text : `${value < 0 ? '−' : '+'}${text}`;
  };
  const isSame = mean === 0 && interval.low === interval.high;
  return `${name}${cells}${isSame ? 'none' : `${signed(mean)} (${signed(interval.low)} to ${signed(interval.high)})`}`;
}

const WRITE: Readonly<Record<Difference['unit'], (value: number) => string>> = {
  share: percentText,
  time: (value) => (value > 0 && value < 60_000 ? `${Number((value / 1000).toFixed(1))}s` : spanText(value)),
  cost: costText,
  count: (value) => String(Number(value.toFixed(2))),
};

function noiseLines(differences: readonly Difference[]): readonly string[] {
  const { quieter } = differences.find(({ unit }) => unit === 'time')!;
  if (!Number.isFinite(quieter)) return [];
  const times = quieter >= 10 ? String(Math.round(quieter)) : quieter.toFixed(1);
  return [
    `With draws of its own for each version, the variance of the difference in time would be ${times} times as large.`,
  ];
}

/** The same for programs. */
export function pairedJson(all: readonly PairedRuns[]): string {
  const comparisons = all.map(({ world, paired, other, replay }) => {
    const { seed, runs, differences, otherwise, first } = paired;
    const measures = differences.map(({ name, quieter, ...rest }) => [
      name,
      { ...rest, ...(Number.isFinite(quieter) ? { quieter } : {}) },
    ]);
    return {
      request: world.scenario.request.text,
      team: world.team.name,
      target: world.rules.target,
      before: other,
      seed,
      runs,
      measures: Object.fromEntries(measures),
      otherwise,
      ...(first === undefined ? {} : { replay: replay(first) }),
    };
  });
  return `${JSON.stringify({ version: 1, comparisons }, undefined, 2)}\n`;
}
