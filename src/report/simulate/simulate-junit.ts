import { type Case, junitSuites } from '../junit-suites.ts';
import { type PlayedRun, titleOf, whereText } from './simulate-result.ts';
import { sentenceOf } from './simulate-sentence.ts';
import { timeText } from './simulate-time.ts';

/** JUnit XML: a suite for each run, a case for each expectation. A run without any is one test, which a limit that stopped it fails. */
export function simulateJunit(played: readonly PlayedRun[]): string {
  return junitSuites(
    'teamc simulate',
    played.map((run) => ({ name: titleOf(run), cases: casesOf(run) })),
  );
}

function casesOf({ verdicts, run, documents, path, world }: PlayedRun): readonly Case[] {
  const classname = path ?? world.team.name;
  if (verdicts.length === 0) {
    const test = { name: 'the run comes to an end', classname };
    if (run.over.kind !== 'limit') return [test];
    return [{ ...test, outcome: { kind: 'failure', message: `the limit ${run.over.limit} stopped the run` } }];
  }
  return verdicts.map(({ expectation: { name, at }, status, why, events }): Case => {
    if (status === 'kept') return { name, classname };
    const shown = events.map(
      (event) => `${timeText(event.t)} [${event.task}] ${event.role ?? ''} ${sentenceOf(event).what}`,
    );
    const body = [whereText(at, documents) ?? '', ...shown].join('\n');
    return { name, classname, outcome: { kind: status === 'broken' ? 'failure' : 'skipped', message: why, body } };
  });
}
