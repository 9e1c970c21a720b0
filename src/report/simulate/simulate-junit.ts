import { visible } from '../visible.ts';
import { type PlayedRun, titleOf, whereText } from './simulate-result.ts';
import { sentenceOf } from './simulate-sentence.ts';
import { timeText } from './simulate-time.ts';

/** JUnit XML: a suite for each run, a case for each expectation. A run without any is one test, which a limit that stopped it fails. */
export function simulateJunit(played: readonly PlayedRun[]): string {
  const suites = played.map(suiteOf);
  const total = (name: 'tests' | 'failures' | 'skipped'): number => suites.reduce((sum, suite) => sum + suite[name], 0);
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="teamc simulate" tests="${total('tests')}" failures="${total('failures')}" errors="0" skipped="${total('skipped')}">`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
  ].join('\n')}\n`;
}

interface Case {
  readonly name: string;
  readonly outcome?: readonly [kind: 'failure' | 'skipped', message: string, body: string];
}

function suiteOf(played: PlayedRun): {
  readonly tests: number;
  readonly failures: number;
  readonly skipped: number;
  readonly lines: readonly string[];
} {
  const cases = casesOf(played);
  const number = (kind: string): number => cases.filter(({ outcome }) => outcome?.[0] === kind).length;
  const [failures, skipped] = [number('failure'), number('skipped')];
  const classname = xml(played.path ?? played.world.team.name);
  const lines = cases.flatMap(({ name, outcome }) => {
    const head = `    <testcase name="${xml(name)}" classname="${classname}"`;
    if (!outcome) return [`${head}/>`];
    return [
      `${head}>`,
      `      <${outcome[0]} message="${xml(outcome[1])}">${xml(outcome[2])}</${outcome[0]}>`,
      '    </testcase>',
    ];
  });
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
  return {
    tests: cases.length,
    failures,
    skipped,
    lines: [`  <testsuite name="${xml(titleOf(played))}" ${counts}>`, ...lines, '  </testsuite>'],
  };
}

function casesOf({ verdicts, run, documents }: PlayedRun): readonly Case[] {
  if (verdicts.length === 0) {
    const { over } = run;
    const message = over.kind === 'limit' ? `the limit ${over.limit} stopped the run` : '';
    return [{ name: 'the run comes to an end', ...(message === '' ? {} : { outcome: ['failure', message, ''] }) }];
  }
  return verdicts.map(({ expectation, status, why, events }): Case => {
    const shown = events.map(
      (event) => `${timeText(event.t)} [${event.task}] ${event.role ?? ''} ${sentenceOf(event).what}`,
    );
    const body = [whereText(expectation.at, documents) ?? '', ...shown].join('\n');
    if (status === 'kept') return { name: expectation.name };
    return { name: expectation.name, outcome: [status === 'broken' ? 'failure' : 'skipped', why, body] };
  });
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function xml(text: string): string {
  return text
    .split('\n')
    .map((line) => visible(line).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character))
    .join('\n');
}
