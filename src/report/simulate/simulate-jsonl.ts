import { locatePlace } from '../../document/position.ts';
import type { SimEvent } from '../../simulate/event.ts';
import type { PlayedRun } from './simulate-result.ts';

/** One event a line, each run's first `requested`; times in milliseconds. Of several runs each line names its scenario. */
export function simulateJsonl(runs: readonly PlayedRun[]): string {
  return runs
    .flatMap(({ run, documents, path }) => {
      const named = runs.length > 1 ? { scenario: path } : {};
      return run.events.map((event) => `${JSON.stringify({ ...named, ...eventJson(event, documents) })}\n`);
    })
    .join('');
}

/** An event for programs: its place as file, line and column. */
export function eventJson({ t, type, role, at, ...rest }: SimEvent, documents: PlayedRun['documents']): object {
  const place = at && documents.has(at.file) ? locatePlace(at, documents) : undefined;
  return {
    t,
    type,
    ...(role === undefined ? {} : { role }),
    ...rest,
    ...(place ? { file: place.file, line: place.line, column: place.column } : {}),
  };
}
