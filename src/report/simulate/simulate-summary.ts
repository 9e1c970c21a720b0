import { Chalk, type ChalkInstance } from 'chalk';
import type { Verdict } from '../../simulate/expectations.ts';
import type { Summary } from '../../simulate/summary.ts';
import { count } from '../summary.ts';
import { visible } from '../visible.ts';
import { type PlayedRun, whereText } from './simulate-result.ts';
import { sentenceOf } from './simulate-sentence.ts';
import { costText, percentText, spanText, timeText } from './simulate-time.ts';

/** How a run ended and what it took, line by line, then what was expected of it. */
export function summaryText(played: PlayedRun, paint: ChalkInstance): string {
  const { summary, verdicts } = played;
  return [
    ...rowsOf(played, paint).map(([name, text]) => `${paint.bold(name.padEnd(12))}${text}`),
    ...summary.assumptions.map(
      (text, at) => `${paint.dim((at === 0 ? 'assumed' : '').padEnd(12))}${paint.dim(visible(text))}`,
    ),
    ...(verdicts.length === 0 ? [] : ['', ...verdicts.flatMap((verdict) => verdictLines(verdict, played, paint))]),
  ].join('\n');
}

type Row = readonly [name: string, text: string];

/** The same without what was expected, and without colours. */
export function factsOf(played: PlayedRun): readonly Row[] {
  const { assumptions } = played.summary;
  return [
    ...rowsOf(played, new Chalk({ level: 0 })),
    ...assumptions.map((text, at): Row => [at === 0 ? 'assumed' : '', text]),
  ];
}

function rowsOf({ summary, world }: PlayedRun, paint: ChalkInstance): readonly Row[] {
  const about = world.turns ? '' : 'about ';
  return [
    ['outcome', outcomeText(summary, paint)],
    ['hand-overs', summary.depth === 0 ? 'none' : `${summary.depth} deep`],
    ['calls', callsText(summary)],
    ['escalations', escalationsText(summary)],
    ['busiest', busiestText(summary)],
    ['cost', `${about}${costText(summary.cost)}, ${Math.round(summary.tokens / 1000)}k tokens`],
  ];
}

function outcomeText({ over, tasks, time, flawed }: Summary, paint: ChalkInstance): string {
  const after = `after ${spanText(time)}`;
  const parts = [
    ...(tasks.escalated > 0 ? [`${count(tasks.escalated, 'task')} settled by a person`] : []),
    ...(tasks.failed > 0 ? [`${count(tasks.failed, 'task')} failed`] : []),
    ...(tasks.open > 0 ? [`${count(tasks.open, 'task')} not finished`] : []),
    ...(flawed > 0 ? [`${count(flawed, 'result')} with a flaw that nobody found`] : []),
  ];
  const rest = parts.length > 0 ? `, ${parts.join(', ')}` : '';
  switch (over.kind) {
    case 'done':
      return `${paint.green('done')} ${after}${rest}`;
    case 'failed':
      return `${paint.red('failed')} ${after}${rest}`;
    case 'escalated':
      return `${paint.yellow('settled by a person')} ${after}${rest}`;
    case 'limit':
      if (over.limit === 'service')
        return `${paint.yellow('broken off, as the service did not answer')} ${after}${rest}`;
      if (over.limit === 'interrupted') return `${paint.yellow('interrupted')} ${after}${rest}`;
      return `${paint.yellow(`stopped by the limit ${over.limit}`)} (${limitText(over.limit, over.value)}) ${after}${rest}`;
  }
}

function limitText(limit: string, value: number): string {
  return limit === 'wall' ? spanText(value) : limit === 'cost' ? costText(value) : String(value);
}

function callsText({ calls }: Summary): string {
  if (calls.allow + calls.ask + calls.deny === 0) return 'none';
  return `${calls.allow} allowed, ${calls.ask} approved, ${calls.deny} denied`;
}

function escalationsText({ escalations }: Summary): string {
  if (escalations.size === 0) return 'none';
  return [...escalations].map(([step, number]) => (number === 1 ? step : `${step} × ${number}`)).join(', ');
}

function busiestText({ busiest }: Summary): string {
  if (!busiest) return 'nobody';
  return `${busiest.role}, at work for ${spanText(busiest.worked)} (${percentText(busiest.utilization)} of its time)`;
}

/** How many of the events that break an expectation are shown. */
const SHOWN = 3;

function verdictLines(
  { expectation, status, why, events }: Verdict,
  { documents }: PlayedRun,
  paint: ChalkInstance,
): readonly string[] {
  const sign =
    status === 'kept'
      ? paint.green('✓ kept  ')
      : status === 'broken'
        ? paint.red('✗ broken')
        : paint.yellow('? open  ');
  const where = whereText(expectation.at, documents);
  const shown = status === 'broken' ? events.slice(0, SHOWN) : [];
  return [
    `${sign} ${visible(expectation.name)}: ${visible(why)}${where === undefined ? '' : paint.dim(` (${where})`)}`,
    ...shown.map(
      (event) =>
        `           ${timeText(event.t)} ${visible(`[${event.task}] ${event.role ?? ''} ${sentenceOf(event).what}`)}`,
    ),
    ...(status === 'broken' && events.length > SHOWN ? [`           and ${events.length - SHOWN} more`] : []),
  ];
}
