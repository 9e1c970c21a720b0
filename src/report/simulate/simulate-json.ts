import { eventJson } from './simulate-jsonl.ts';
import type { PlayedRun } from './simulate-result.ts';
import { titleOf } from './simulate-result.ts';

/** Runs as one document for programs: summary, expectations and events. */
export function simulateJson(played: readonly PlayedRun[]): string {
  return `${JSON.stringify({ version: 1, runs: played.map(runJson) }, undefined, 2)}\n`;
}

/** A run as programs read it. */
export function runJson(played: PlayedRun): object {
  const { world, run, summary, verdicts, documents, path } = played;
  const { escalations, over, ...numbers } = summary;
  return {
    name: titleOf(played),
    ...(path === undefined ? {} : { path }),
    team: world.team.name,
    target: world.rules.target,
    outcome: over.kind,
    ...(over.kind === 'limit' ? { limit: over.limit } : {}),
    summary: { ...numbers, escalations: Object.fromEntries(escalations) },
    expectations: verdicts.map(({ expectation, status, why, events, value }) => ({
      name: expectation.name,
      status,
      why,
      ...(value === undefined ? {} : { value }),
      events: events.map((event) => eventJson(event, documents)),
    })),
    events: run.events.map((event) => eventJson(event, documents)),
  };
}
