import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Document } from '../document/document.ts';
import { expandIncludes } from '../document/includes.ts';
import type { ScenarioDefinition } from '../schema/generated/definitions.ts';
import { sound } from '../schema/sound.ts';
import type { Place } from '../text/place.ts';
import type { Files, LoadedTeam } from './read.ts';
import type { Scenario } from './scenario.ts';
import { linkScenario } from './scenario-link.ts';
import type { Reference } from './team.ts';

/** A scenario as it was found, with the documents that places refer to and everything that is wrong with it. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  readonly documents: ReadonlyMap<string, Document>;
  /** Every name that led to a role, a group or a person, with its place. */
  readonly references: readonly Reference[];
  readonly problems: readonly Diagnostic[];
}

/** Reads a scenario and links it to its team. What is wrong with the file becomes findings. */
export function readScenario(path: string, files: Files, { team, documents }: LoadedTeam): LoadedScenario {
  const at: Place = { file: path, pointer: [] };
  const found = files.document(path);
  if (found === undefined || 'rule' in found) {
    const { scenario } = linkScenario({ teamc: 1, request: '' }, at, team);
    return { scenario, documents, references: [], problems: found ? [found] : [] };
  }
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
  const expanded = expandIncludes(found, { root: folder, read: (file) => files.list(file) });
  const read = sound('scenario', expanded.data ?? {}, at);
  const linked = linkScenario(read.data as unknown as ScenarioDefinition, at, team);
  const syntax = expanded.problems;
  return {
    scenario: linked.scenario,
    references: linked.references,
    documents: new Map([...documents, [path, expanded]]),
    problems: expanded.data === undefined ? syntax : [...syntax, ...read.problems, ...linked.problems],
  };
}
