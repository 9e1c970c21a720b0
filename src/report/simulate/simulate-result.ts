import type { Document } from '../../document/document.ts';
import { locatePlace } from '../../document/position.ts';
import type { Verdict } from '../../simulate/expectations.ts';
import type { Run } from '../../simulate/play.ts';
import type { Summary } from '../../simulate/summary.ts';
import type { World } from '../../simulate/world.ts';
import type { Place } from '../../text/place.ts';

/** A run that was played, and what it is called. */
export interface PlayedRun {
  readonly world: World;
  readonly run: Run;
  readonly summary: Summary;
  readonly verdicts: readonly Verdict[];
  readonly documents: ReadonlyMap<string, Document>;
  /** The scenario's file, or nothing for a request on the command line. */
  readonly path?: string;
  /** Where chance decided: its seed, and which of the seed's runs it is. */
  readonly draw?: { readonly seed: string; readonly run: number };
}

/** A place as people and programs read it: file, line and column; nothing for a place outside any file. */
export function whereText(at: Place | undefined, documents: ReadonlyMap<string, Document>): string | undefined {
  if (!at || !documents.has(at.file)) return undefined;
  const { file, line, column } = locatePlace(at, documents);
  return `${file}:${line}:${column}`;
}

/** What a run is called: the scenario's name, else the request. */
export function titleOf({ world: { scenario } }: Pick<PlayedRun, 'world'>): string {
  return scenario.name ?? scenario.request.text;
}
